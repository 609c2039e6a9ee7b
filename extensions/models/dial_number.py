"""Every number that can be dialled inside a tenant, kept by the database itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone


class DialKind(models.TextChoices):
    EXTENSION = "extension", _("Extension")
    TEAM = "team", _("Team")
    MAILBOX = "mailbox", _("Shared voicemail box")
    CONFERENCE = "conference", _("Conference room")
    PARKING = "parking", _("Parking")
    SLOT = "slot", _("Parking slot")
    FEATURE = "feature", _("Feature code")


class DialNumber(models.Model):
    """A number in use. Triggers on the owners' tables write these rows, so no path can go round them (TEN-06).

    The constraint on `number` is the judge over collisions of extensions, teams, boxes, rooms, slots and feature codes.
    """

    clone = Clone.EMPTY  # the triggers fill it while the owners' rows are copied

    number = models.CharField(max_length=6)
    kind = models.CharField(max_length=10, choices=DialKind.choices)
    owner_id = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["number"], name="dial_number_unique"),
            models.UniqueConstraint(fields=["kind", "owner_id"], name="dial_number_owner_once"),
        ]

    def __str__(self) -> str:
        return self.number
