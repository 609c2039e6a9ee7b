"""Giving an add-on to many extensions of the list at once, or taking it away (EXT-03, EXT-08)."""

from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from extensions.models import Extension
from extensions.selectors import plan_where
from extensions.views.bulk import ExtensionsBulk
from licensing.forms.extension import AddonChoice
from licensing.selectors import purchased_addons
from licensing.services.addons import change_many, lacking_or_having
from portal.core.bulk import BulkPlan, SetChanged
from portal.permissions import Perm


class ExtensionsAddons(ExtensionsBulk):
    """First which add-on, then what would change."""

    permission = Perm.LICENCE_UPDATE
    title = _("Change Addons")
    text = _("Each extension uses one licence of the add-on; what is taken away is available again at once.")
    skipped_because = _("they have it already, or have none to take away")

    @cached_property
    def choice(self) -> AddonChoice:
        """What was chosen; without data while nobody was asked."""
        return AddonChoice(self.request.POST if "addon" in self.request.POST else None, offered=purchased_addons())

    @property
    def is_chosen(self) -> bool:
        return self.choice.is_valid()

    def carried(self) -> dict[str, Any]:
        return dict(self.choice.cleaned_data) if self.is_chosen else {}

    def plan(self, rows: QuerySet[Extension]) -> BulkPlan:
        if not self.is_chosen:
            return BulkPlan(0, [], 0, [])
        return plan_where(rows, self._fits())

    def perform(self, rows: QuerySet[Extension], expected: int) -> int:
        if not self.is_chosen:
            raise SetChanged
        quantity = 1 if self.choice.gives else 0
        return change_many(rows=rows.filter(self._fits()), sku=self._sku, quantity=quantity, expected=expected,
                           by=self.request.user)  # fmt: skip

    @property
    def _sku(self) -> str:
        return str(self.choice.cleaned_data["addon"])

    def _fits(self) -> Q:
        return lacking_or_having(self._sku, lacking=self.choice.gives)

    def page(self, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        if not self.is_chosen:
            self.template = "extensions/bulk_home.html"
            context |= {"choice": self.choice}
        return super().page(context, status=422 if self.choice.errors else status)

    def submit_label(self, changing: int) -> str:
        return ngettext("Change %(n)d extension", "Change %(n)d extensions", changing) % {"n": changing}

    def done_message(self, changed: int) -> str:
        return ngettext("Add-ons of %(n)d extension changed.", "Add-ons of %(n)d extensions changed.", changed) % {
            "n": changed
        }
