"""What one extension has of licences: “Manage”, “Choose Assigned Addons”, “Change Number” (LIC-07, EXT-08, EXT-09)."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from extensions.models import Extension
from licensing.forms.extension import AddonsForm, ChangeNumberForm, SearchForm
from licensing.selectors import addons_of, provisioned, purchased_addons
from licensing.services.addons import change_addons
from licensing.services.numbers import change_number
from portal.core.pages import FormPage, Page
from portal.permissions import Perm


class ExtensionLicences(Page):
    permission = Perm.LICENCE_READ
    template = "licensing/extension.html"

    def context(self) -> dict[str, Any]:
        return {"extension": get_object_or_404(provisioned(), number=self.kwargs["number"])}


class OfExtension(FormPage, abstract=True):
    """A form about the extension in the address."""

    permission = Perm.LICENCE_UPDATE

    def extension(self) -> Extension:
        if not hasattr(self, "_extension"):
            self._extension = get_object_or_404(Extension.objects.defer("sip_password"), number=self.kwargs["number"])
        return self._extension

    def context(self) -> dict[str, Any]:
        return {"extension": self.extension()}

    def done(self) -> str:
        """Where the person goes on: the extension's own page."""
        return reverse("extensions:detail", args=[self.kwargs["number"]])


class ChangeAddons(OfExtension):
    permission = Perm.LICENCE_UPDATE
    template = "licensing/addons.html"
    form_class = AddonsForm
    done_message = _("Add-ons changed.")

    def form_arguments(self) -> dict[str, Any]:
        return {"offered": purchased_addons(), "has": addons_of(self.extension())}

    def perform(self, form: AddonsForm) -> str:
        change_addons(extensions=[self.extension().pk], addons=form.addons(), by=self.request.user)
        return self.done()


class ChangeNumber(OfExtension):
    permission = Perm.LICENCE_UPDATE
    template = "licensing/number.html"
    form_class = ChangeNumberForm
    done_message = _("Number changed.")

    def form_arguments(self) -> dict[str, Any]:
        return {"extension": self.extension(), "search": self.request.GET.get("q", "")[:20]}

    def context(self) -> dict[str, Any]:
        return {**super().context(), "search": SearchForm(self.request.GET or None)}

    def perform(self, form: ChangeNumberForm) -> str:
        change_number(extension=self.extension(), by=self.request.user, at=timezone.now(), **form.cleaned_data)
        return self.done()
