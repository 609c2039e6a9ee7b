"""A key template for many extensions of the list at once (BLF-05, EXT-03)."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from extensions.forms.keys import USES
from extensions.models import Extension, KeyPanel
from extensions.scopes import extensions_within
from extensions.services.keys.spread import apply_template
from extensions.views.bulk import ExtensionsBulk
from portal.core.bulk import NAMED, BulkPlan, SetChanged
from portal.core.errors import DomainError
from portal.core.forms import PortalForm
from portal.permissions import Perm


class ChoiceForm(PortalForm):
    template = forms.ModelChoiceField(
        label=_("Template"), queryset=KeyPanel.objects.none(), empty_label=_("Choose one")
    )
    use = forms.ChoiceField(label=_("How"), choices=USES, initial="linked", widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["template"]
        field.queryset = KeyPanel.objects.filter(extension=None).order_by("name")


class NothingChosen(DomainError):
    """The confirm page asks for a template."""


class ExtensionsKeys(ExtensionsBulk):
    """Which template, and whether linked or copied, is asked on the confirm page."""

    permission = Perm.KEY_UPDATE
    template = "keys/bulk.html"
    title = _("Apply a key template")
    text = _("Telephones with too few keys for the template are left out and named afterwards.")
    skipped_because = _("not among those whose keys you may change")
    _unfit = 0

    def plan(self, rows: QuerySet[Extension]) -> BulkPlan:
        within = self._within(rows)
        names = [str(one) for one in within.order_by("number")[:NAMED]]
        changing, all_rows = within.count(), rows.count()
        return BulkPlan(changing, names, all_rows - changing, [])

    def perform(self, rows: QuerySet[Extension], expected: int) -> int:
        form = ChoiceForm(self.request.POST)
        if not form.is_valid():
            raise NothingChosen(str(_("Choose a template.")))
        extensions = list(self._within(rows).order_by("number"))
        if len(extensions) != expected:
            raise SetChanged
        facts = form.cleaned_data
        plan = apply_template(
            template=facts["template"], extensions=extensions, linked=facts["use"] == "linked", by=self.request.user
        )
        self._unfit = len(plan.refused)
        return len(plan.fitting)

    def done_message(self, changed: int) -> str:
        told = ngettext("%(n)d extension has these keys now.", "%(n)d extensions have these keys now.", changed)
        left = ngettext("%(n)d telephone has too few keys.", "%(n)d telephones have too few keys.", self._unfit)
        return told % {"n": changed} + (" " + left % {"n": self._unfit} if self._unfit else "")

    def submit_label(self, changing: int) -> str:
        return str(_("Apply the template"))

    def page(self, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        data = self.request.POST if "template" in self.request.POST else None
        return super().page({"choice": ChoiceForm(data), **context}, status=status)

    def _within(self, rows: QuerySet[Extension]) -> QuerySet[Extension]:
        return rows.filter(pk__in=extensions_within(self.request.user, Perm.KEY_UPDATE).values("pk"))
