"""The provider's policy (REG-19 to REG-21, REG-27)."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from timezone_field import TimeZoneFormField

from portal.core.forms import PortalForm

MOST_AT_ONCE = 20


class _Clock(forms.TimeField):
    """A time of day, by the browser's own control."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class PlatformForm(PortalForm):
    company = forms.CharField(label=_("Company"), max_length=80)
    support_email = forms.EmailField(
        label=_("Support e-mail address"),
        max_length=254,
        required=False,
        help_text=_("Mail about failed requests names it as the support contact."),
    )
    support_phone = forms.CharField(label=_("Support telephone"), max_length=40, required=False)
    self_registration = forms.BooleanField(label=_("Prospects may register themselves"), required=False)
    approval_required = forms.BooleanField(label=_("An operator approves each request"), required=False)
    off_peak_only = forms.BooleanField(label=_("Create tenants in off-peak hours"), required=False)
    off_peak_start = _Clock(label=_("Off-peak from"))
    off_peak_end = _Clock(label=_("Off-peak until"), help_text=_("Earlier than the start means: on the next day."))
    off_peak_zone = TimeZoneFormField(label=_("Time zone"))
    off_peak_days = forms.TypedMultipleChoiceField(
        label=_("Days on which the off-peak hours begin"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day.")},
    )
    off_peak_at_once = forms.IntegerField(
        label=_("Tenants created at once"), min_value=1, max_value=MOST_AT_ONCE, help_text=_("In off-peak hours.")
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Shown on the registration form."),
    )
    caution = forms.CharField(
        label=_("Caution"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Shown on the registration form."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            Fieldset(_("Provider"), "company", "support_email", "support_phone"),
            Fieldset(_("Registration"), "self_registration", "approval_required"),
            Fieldset(
                _("Off-peak hours"),
                "off_peak_only",
                "off_peak_start",
                "off_peak_end",
                "off_peak_zone",
                "off_peak_days",
                "off_peak_at_once",
            ),
            Fieldset(_("For service providers only"), "note", "caution"),
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("off_peak_start") is not None and values.get("off_peak_start") == values.get("off_peak_end"):
            self.add_error("off_peak_end", _("Choose an end that differs from the start."))
        return values
