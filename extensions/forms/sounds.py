"""Uploading announcements and greetings (SEC-07)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from extensions.forms.fields import NameField
from extensions.models import AudioPurpose
from portal.core.forms import PortalForm

ACCEPT = ".wav,.mp3,audio/wav,audio/mpeg"
SHAPE = _("WAV or MP3, at most 10 MB and 3 minutes.")


class SoundFileField(forms.FileField):
    """A WAV or MP3 file; what is in it is checked by the service."""

    widget = forms.FileInput(attrs={"accept": ACCEPT})


class UploadSoundForm(PortalForm):
    name = NameField(label=_("Name"), max_length=60, help_text=_("What it is called in lists, at most 60 characters."))
    purpose = forms.ChoiceField(label=_("Purpose"), choices=AudioPurpose.choices)
    file = SoundFileField(label=_("File"), help_text=SHAPE)
    submit_label = _("Upload")


class ChangeSoundForm(PortalForm):
    name = NameField(label=_("Name"), max_length=60)
    file = SoundFileField(
        label=_("Replace it by"),
        required=False,
        help_text=_("WAV or MP3, at most 10 MB and 3 minutes. Empty: the sound stays as it is."),
    )
    submit_label = _("Save")
