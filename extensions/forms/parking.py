"""Shared parking (PRK-01 to PRK-03, PRK-05)."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from extensions.forms.fields import NameField
from extensions.forms.pickers import DestinationField
from extensions.forms.voicemail import DialField
from extensions.models import Extension, ParkingReturn, ParkingSlot
from extensions.services.parking.ranges import LEAST, MOST
from portal.core.forms import PortalForm


class ParkingForm(PortalForm):
    number = DialField(
        label=_("Number that parks"), help_text=_("Calls transferred to it wait in the first free slot.")
    )
    first = DialField(label=_("First slot"), help_text=_("The slots are consecutive numbers from here on."))
    count = forms.IntegerField(
        label=_("Number of slots"), min_value=LEAST, max_value=MOST, help_text=_("From 1 to 99.")
    )
    timeout = forms.IntegerField(
        label=_("Seconds until a call returns"), min_value=15, max_value=3600, help_text=_("From 15 to 3600.")
    )
    returns_to = forms.ChoiceField(label=_("Then it returns to"), choices=ParkingReturn.choices)
    destination = DestinationField(
        label=_("Somewhere else"),
        empty_label=_("Nowhere chosen"),
        help_text=_("Only where the call does not return to whoever parked it."),
    )
    take_off = forms.BooleanField(label=_("Take slots that go off keys and speed dials"), required=False)
    submit_label = _("Save parking")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:  # asked only when there is something to take off
            del self.fields["take_off"]
            self.helper.layout = self.helper.build_default_layout(self)

    def clean(self) -> dict[str, Any]:
        return {"take_off": False, **(super().clean() or {})}


class LabelsForm(PortalForm):
    """One field for each of `slots`, called by its number."""

    submit_label = _("Save labels")

    def __init__(self, *args: Any, slots: list[ParkingSlot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for slot in slots:
            self.fields[slot.number] = NameField(label=slot.number, max_length=30, required=False)
        self.helper.layout = self.helper.build_default_layout(self)


class SlotKeysForm(PortalForm):
    """Numbers of extensions, cleaned to the extensions among `choices`."""

    extensions = forms.CharField(
        label=_("Extensions"),
        max_length=400,
        help_text=_("Their numbers with blanks or commas between them, for example 101, 102. At most 50."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "mono"}),
    )
    submit_label = _("Place on keys")

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices = choices

    def clean_extensions(self) -> list[Extension]:
        typed = list(dict.fromkeys(self.cleaned_data["extensions"].replace(",", " ").replace(";", " ").split()))
        found = {one.number: one for one in self._choices.filter(number__in=typed)}
        missing = [number for number in typed if number not in found]
        if missing:
            raise forms.ValidationError(
                _("There is no extension %(numbers)s that you may change."), params={"numbers": ", ".join(missing[:5])}
            )
        return [found[number] for number in typed]


class SlotSpeedDialForm(PortalForm):
    code = forms.CharField(
        label=_("Code"),
        max_length=3,
        validators=[RegexValidator(r"^\*[0-9]{1,2}\Z", _("Use a star and one or two digits, for example *1."))],
        help_text=_("*0 to *99."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "mono"}),
    )
    label = NameField(label=_("Label"), max_length=60)
    submit_label = _("Create speed dial")
