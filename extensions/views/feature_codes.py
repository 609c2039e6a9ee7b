"""Feature codes: what telephones dial to switch something."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from extensions.forms.feature_codes import FeatureCodeForm
from extensions.models import Feature, FeatureCode
from extensions.seeding import CODES
from extensions.services.feature_codes import change_feature_code, reset_feature_code
from portal.core.pages import ActionPage, Page, VersionedFormPage
from portal.permissions import Perm


class FeatureCodes(Page):
    permission = Perm.SETTING_READ
    template = "feature_codes/list.html"

    def context(self) -> dict[str, Any]:
        found = {row.feature: row for row in FeatureCode.objects.all()}
        return {"rows": [(found[one], CODES[one]) for one in Feature if one in found]}


class OneCode(Page, abstract=True):
    """A page about the code of the feature in the address."""

    def current(self) -> FeatureCode:
        if not hasattr(self, "_code"):
            self._code = get_object_or_404(FeatureCode, feature=self.kwargs["feature"])
        return self._code


class FeatureCodeEdit(OneCode, VersionedFormPage):
    permission = Perm.SETTING_UPDATE
    template = "feature_codes/edit.html"
    form_class = FeatureCodeForm
    done_message = _("Code saved.")

    def initial(self) -> dict[str, Any]:
        return {"code": self.current().code, "enabled": self.current().enabled}

    def context(self) -> dict[str, Any]:
        return {"feature_code": self.current()}

    def perform(self, form: FeatureCodeForm) -> str:
        change_feature_code(feature_code=self.current(), by=self.request.user, **form.cleaned_data)
        return reverse("extensions:feature_codes")


class FeatureCodeReset(OneCode, ActionPage):
    permission = Perm.SETTING_UPDATE
    done_message = _("The usual code counts again.")

    def refused_to(self) -> str:
        return reverse("extensions:feature_codes")

    def perform(self) -> str:
        reset_feature_code(feature_code=self.current(), by=self.request.user)
        return self.refused_to()
