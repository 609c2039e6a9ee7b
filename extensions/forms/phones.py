"""Adding and changing a telephone, and importing many (PRV-02)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from extensions.forms.fields import NameField
from extensions.phone_models import vendors
from extensions.services.phones.mac import for_people, to_mac
from portal.core.errors import DomainError
from portal.core.forms import PortalForm


class MacField(forms.CharField):
    """A MAC address in any common writing; cleans to twelve small hexadecimal digits."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"autocomplete": "off", "spellcheck": "false", "class": "mono", "maxlength": "40"}
        super().__init__(
            label=_("MAC address"),
            max_length=40,
            help_text=_("On the label under the telephone. With or without colons, dashes or dots."),
            widget=forms.TextInput(attrs=attributes),
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            return to_mac(text)
        except DomainError as refusal:
            raise ValidationError(str(refusal)) from refusal

    def in_words(self, value: str) -> str:
        """As it stands on labels, however it was typed."""
        return for_people(to_mac(value))


class ModelField(forms.ChoiceField):
    """One of the known models, by maker."""

    def __init__(self, **kwargs: Any) -> None:
        empty_label = kwargs.pop("empty_label", _("Choose a model"))
        grouped = [(vendor, [(model.code, str(model)) for model in models]) for vendor, models in vendors()]
        super().__init__(label=kwargs.pop("label", _("Model")), choices=[("", empty_label), *grouped], **kwargs)


class ModulesField(forms.IntegerField):
    """How many expansion modules stand beside the telephone."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Expansion modules"),
            min_value=0,
            max_value=6,
            help_text=_("0 where there are none. How many fit depends on the model."),
            **kwargs,
        )


class PhoneForm(PortalForm):
    mac = MacField()
    model = ModelField()
    modules = ModulesField()
    extension = forms.CharField(
        label=_("Extension"),
        required=False,
        max_length=120,
        help_text=_("Its number. Empty: the telephone waits for somebody."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    place = NameField(label=_("Place"), max_length=60, required=False, help_text=_("For example: reception, 2nd floor"))
    submit_label = _("Save telephone")

    def clean_extension(self) -> str:
        """The number, also where the name was chosen with it: “101 Mei Tan”."""
        return str(self.cleaned_data["extension"]).split(" ", 1)[0]
