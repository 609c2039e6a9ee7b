"""Giving an add-on to many extensions of the list at once, or taking it away (EXT-03, EXT-08)."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http.request import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from extensions.models import Extension
from extensions.views.bulk_choice import ChoiceFirst
from licensing.forms.extension import AddonChoice
from licensing.selectors import purchased_addons
from licensing.services.addons import change_many, lacking_or_having
from portal.permissions import Perm


class ExtensionsAddons(ChoiceFirst):
    """First which add-on, then what would change."""

    permission = Perm.LICENCE_UPDATE
    title = _("Change Addons")
    text = _("Each extension uses one license of the add-on; what is taken away is available again at once.")
    skipped_because = _("they have it already, or have none to take away")
    asked = "addon"
    choice: AddonChoice

    def question(self, data: QueryDict | None) -> AddonChoice:
        return AddonChoice(data, offered=purchased_addons())

    def fits(self) -> Q:
        return lacking_or_having(self._sku, lacking=self.choice.gives)

    def perform_chosen(self, rows: QuerySet[Extension], expected: int) -> int:
        facts: dict[str, Any] = {"sku": self._sku, "quantity": 1 if self.choice.gives else 0}
        return change_many(rows=rows.filter(self.fits()), expected=expected, by=self.request.user, **facts)

    @property
    def _sku(self) -> str:
        return str(self.choice.cleaned_data["addon"])

    def submit_label(self, changing: int) -> str:
        return ngettext("Change %(n)d extension", "Change %(n)d extensions", changing) % {"n": changing}

    def done_message(self, changed: int) -> str:
        return ngettext("Add-ons of %(n)d extension changed.", "Add-ons of %(n)d extensions changed.", changed) % {
            "n": changed
        }
