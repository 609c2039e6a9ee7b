"""“Test a number” and “What happens if somebody calls X at time T?”."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from extensions.callflow.dialling import bare
from extensions.forms.fields import NameField
from portal.core.forms import PortalForm

NOW, AVAILABLE = "now", "available"


class MomentField(forms.DateTimeField):
    """Date and time in the company's zone, which the label names. The hour that is missing in spring is refused."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **kwargs)

    def clean(self, value: Any) -> Any:
        with timezone.override(company_zone()):
            try:
                return super().clean(value)
            except forms.ValidationError as fault:
                if any("interpreted" in str(sentence) for sentence in fault.messages):
                    raise forms.ValidationError(_("The clocks change in this hour. Choose another time.")) from fault
                raise

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime) and timezone.is_aware(value):
            value = timezone.localtime(value, company_zone()).replace(tzinfo=None)
        return value


def company_zone() -> ZoneInfo:
    """The zone of the active tenant."""
    return ZoneInfo(str(connection.tenant.time_zone))


class CallForm(PortalForm):
    """A call: who, whom, when."""

    caller = forms.CharField(
        label=gettext_lazy("Who calls"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("An outside number, or an extension. Empty: a caller without a number."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "mono"}),
    )
    dialled = forms.CharField(
        label=gettext_lazy("What is dialled"),
        max_length=16,
        help_text=gettext_lazy("The number of an extension, team, box or room. Colleagues dial anything."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "mono"}),
    )
    at = MomentField(label=gettext_lazy("When"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].help_text = _("In the zone %(zone)s.") % {"zone": company_zone()}

    def clean_dialled(self) -> str:
        """What was typed, where it holds something that can be dialled."""
        return _can_be_dialled(self.cleaned_data["dialled"])


class QuestionForm(CallForm):
    """Lives in the address: GET, so that an answer can be sent to somebody."""

    submit_label = gettext_lazy("Show what happens")
    statuses = forms.ChoiceField(
        label=gettext_lazy("Statuses"),
        required=False,
        choices=[(NOW, gettext_lazy("As they are now")), (AVAILABLE, gettext_lazy("Everybody is available"))],
    )


class CallTestForm(CallForm):
    """A call with a name."""

    submit_label = gettext_lazy("Keep as a test")
    field_order = ("name", "caller", "dialled", "at")
    name = NameField(label=gettext_lazy("Name of the test"), max_length=80)


class NumberTestForm(PortalForm):
    """Who dials, what, and when; lives in the address. Without an extension a set of rules is tried by itself."""

    submit_label = gettext_lazy("Test number")
    extension = forms.CharField(
        label=gettext_lazy("Extension"),
        max_length=5,
        help_text=gettext_lazy("Who dials, for example 101."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "class": "mono"}),
    )
    number = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=30,
        help_text=gettext_lazy("As it is dialled."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "mono"}),
    )
    at = MomentField(label=gettext_lazy("When"), required=False)

    def __init__(self, *args: Any, alone: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].help_text = _("In the zone %(zone)s. Empty: now.") % {"zone": company_zone()}
        if alone:
            self.fields["extension"].required = False
            self.fields["extension"].help_text = _("Empty: this set of rules alone.")

    def clean_number(self) -> str:
        """What was typed, where it holds something that can be dialled."""
        return _can_be_dialled(self.cleaned_data["number"])


def _can_be_dialled(typed: str) -> str:
    if not bare(typed).strip("+"):
        raise forms.ValidationError(_("Type a number, not a name, for example 101."))
    return typed
