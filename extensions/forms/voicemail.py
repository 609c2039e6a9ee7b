"""Shared voicemail boxes, greetings and PINs (VM-01, VM-02, VM-04)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from extensions.forms.fields import ExtensionNumberField, NameField
from extensions.forms.pickers import AnnouncementPicker
from extensions.forms.sounds import SHAPE, SoundFileField
from extensions.models import AudioPurpose
from portal.core.forms import PortalForm


class DialField(ExtensionNumberField):
    """The internal number of something that is no extension."""

    def __init__(self, **kwargs: Any) -> None:
        label = kwargs.pop("label", _("Number"))
        help_text = kwargs.pop("help_text", _("3 to 5 digits that nothing else inside is dialled by."))
        super().__init__(**kwargs)
        self.label, self.help_text = label, help_text


class PinField(forms.CharField):
    """4 to 10 digits; which ones are good is the service's to say."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "10", "class": "mono"}
        given = {
            "label": _("PIN"),
            "max_length": 10,
            "help_text": _("4 to 10 digits. No runs such as 1234, no repeated digits such as 1111 or 1212."),
            "widget": forms.TextInput(attrs=attributes),
        }
        super().__init__(**{**given, **kwargs})


class SharedMailboxForm(PortalForm):
    number = DialField()
    name = NameField(label=_("Name"), max_length=60)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        required=False,
        help_text=_("Where new messages and the link to a new PIN are sent. May stay empty."),
    )
    submit_label = _("Create shared box")


class EditSharedMailboxForm(SharedMailboxForm):
    submit_label = _("Save voicemail box")


class GreetingForm(PortalForm):
    """`may_upload` says whether a new file may be brought along."""

    greeting = AnnouncementPicker(
        purpose=AudioPurpose.GREETING, label=_("Greeting"), empty_label=_("Standard greeting of the telephone system")
    )
    file = SoundFileField(label=_("Or upload a new one"), required=False, help_text=SHAPE)
    submit_label = _("Save greeting")

    def __init__(self, *args: Any, may_upload: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_upload:
            del self.fields["file"]
            self.helper.layout = self.helper.build_default_layout(self)


class PinForm(PortalForm):
    pin = PinField()
    submit_label = _("Set PIN")
