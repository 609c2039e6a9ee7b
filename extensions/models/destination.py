"""Where a call goes: one row for each place that sends calls somewhere."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone


class DestinationKind(models.TextChoices):
    VOICEMAIL = "voicemail", _("Voicemail of the extension that was called")
    MAILBOX = "mailbox", _("Shared voicemail box")
    EXTENSION = "extension", _("Extension")
    TEAM = "team", _("Team")
    CONFERENCE = "conference", _("Conference room")
    NUMBER = "number", _("Outside number")
    ANNOUNCEMENT = "announcement", _("Announcement, then hang up")
    HANGUP = "hangup", _("Hang up")


# Which column each kind points with; the others point nowhere.
POINTERS = {
    DestinationKind.MAILBOX: "mailbox",
    DestinationKind.EXTENSION: "extension",
    DestinationKind.TEAM: "team",
    DestinationKind.CONFERENCE: "conference",
    DestinationKind.ANNOUNCEMENT: "announcement",
}


class Destination(models.Model):
    """A target with real references, so that nothing points at what is gone (TEN-13) and renamed things stay found.

    Each row belongs to the one object that refers to it, and is changed in place, so that the log shows before and
    after.
    """

    clone = Clone.ROWS
    clone_needs = ("extension", "team", "mailbox", "conference", "announcement")

    kind = models.CharField(_("Kind"), max_length=12, choices=DestinationKind.choices)
    extension = models.ForeignKey("extensions.Extension", models.RESTRICT, null=True, related_name="destinations")
    team = models.ForeignKey("extensions.Team", models.RESTRICT, null=True, related_name="destinations")
    mailbox = models.ForeignKey("extensions.Mailbox", models.RESTRICT, null=True, related_name="destinations")
    conference = models.ForeignKey("extensions.ConferenceRoom", models.RESTRICT, null=True, related_name="destinations")
    announcement = models.ForeignKey("extensions.AudioFile", models.RESTRICT, null=True, related_name="destinations")
    number = models.CharField(_("Outside number"), max_length=16, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DestinationKind.values), name="destination_kind_known"),
            models.CheckConstraint(
                condition=Q(kind="number", number__regex=r"^\+[0-9]{3,15}$") | ~Q(kind="number") & Q(number=""),
                name="destination_number_fits_kind",
            ),
        ]

    def __str__(self) -> str:
        pointer = POINTERS.get(DestinationKind(self.kind))
        target = getattr(self, pointer) if pointer else self.number
        label = str(DestinationKind(self.kind).label)
        return f"{label}: {target}" if target else label
