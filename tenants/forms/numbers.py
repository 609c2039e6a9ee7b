"""What operators type about outside numbers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from portal.core.errors import DomainError
from portal.core.forms import PortalForm
from portal.core.phone_numbers import to_e164
from tenants.models import NumberKind, Tenant, TenantState

MOST = 1000


class AddNumbersForm(PortalForm):
    numbers = forms.CharField(
        label=_("Numbers"),
        max_length=20_000,
        widget=forms.Textarea({"rows": 6, "class": "mono"}),
        help_text=_("One a line, with country code or as dialled in the country below. At most 1,000."),
    )
    kind = forms.ChoiceField(label=_("Type"), choices=NumberKind.choices)
    country = forms.ChoiceField(label=_("Country"), choices=[("", "–"), *countries])
    submit_label = _("Add numbers")

    def clean(self) -> dict[str, Any]:
        """`numbers` as E.164, every line that is none named at once."""
        lines = [line.strip() for line in self.cleaned_data.get("numbers", "").splitlines() if line.strip()]
        if len(lines) > MOST:
            self.add_error("numbers", _("Add at most 1,000 numbers at once."))
            return self.cleaned_data
        found, wrong = [], []
        for line in lines:
            try:
                found.append(to_e164(line, country=self.cleaned_data.get("country", "")))
            except DomainError:
                wrong.append(line[:30])
        if wrong:
            told = _("These are no telephone numbers: %(lines)s.") % {"lines": ", ".join(wrong[:5])}
            self.add_error("numbers", told)
        self.cleaned_data["numbers"] = found
        return self.cleaned_data


class GiveNumberForm(PortalForm):
    tenant = forms.ModelChoiceField(queryset=Tenant.objects.none(), label=_("Tenant"), empty_label=_("Choose a tenant"))
    reserve_until = forms.DateField(
        label=_("Only reserve, until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_(
            "Leave it empty to let the tenant have the number at once. 7 days before the day a notice goes out."
        ),
    )
    submit_label = _("Give number")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = Tenant.objects.customers().exclude(state__in=[TenantState.TERMINATED, TenantState.PURGED])
        self.fields["tenant"].queryset = there.order_by("name", "pk")  # type: ignore[attr-defined]


class TakeNumberBackForm(PortalForm):
    ported_out = forms.BooleanField(
        label=_("The number leaves the platform"),
        required=False,
        help_text=_("It was ported to another provider. Otherwise it rests for 28 days before anybody else gets it."),
    )
    submit_label = _("Take number back")
