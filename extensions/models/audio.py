"""Announcements and greetings: uploaded sound (VM-04, SEC-07)."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone


class AudioPurpose(models.TextChoices):
    ANNOUNCEMENT = "announcement", _("Announcement")
    GREETING = "greeting", _("Voicemail greeting")


class AudioFile(models.Model):
    """Sound that was checked by its content. The bytes lie outside the web root under `path`, a random name."""

    clone = Clone.ROWS

    name = models.CharField(_("Name"), max_length=60)
    purpose = models.CharField(_("Purpose"), max_length=12, choices=AudioPurpose.choices)
    path = models.CharField(max_length=120)  # relative to the media folder
    format = models.CharField(_("Format"), max_length=4)  # wav or mp3
    size = models.IntegerField(_("Size"))  # bytes
    milliseconds = models.IntegerField(_("Length"))
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(_("Uploaded"))

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(Lower("name"), "purpose", name="audio_name_unique")]

    def __str__(self) -> str:
        return self.name
