"""Blocked callers and exceptions (CTL-05, CTL-09). Forwarding per profile is made of settings."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone
from portal.core.versions import Versioned


class BlockMatch(models.TextChoices):
    NUMBER = "number", _("This number")
    PREFIX = "prefix", _("Numbers that begin with")
    ANONYMOUS = "anonymous", _("Callers without a number")


class BlockDirection(models.TextChoices):
    IN = "in", _("Incoming")
    OUT = "out", _("Outgoing")
    BOTH = "both", _("Both")


class BlockAction(models.TextChoices):
    REJECT = "reject", _("Reject")
    BUSY = "busy", _("Sound busy")
    VOICEMAIL = "voicemail", _("Send to voicemail")


class BlockedCaller(models.Model):
    """A number, prefix or missing number that is not let through; without an extension for the whole company."""

    clone = Clone.ROWS
    clone_where = "extension_id IS NULL"

    extension = models.ForeignKey("extensions.Extension", models.CASCADE, null=True, related_name="blocked_callers")
    match = models.CharField(_("Caller"), max_length=10, choices=BlockMatch.choices)
    pattern = models.CharField(_("Number"), max_length=16, blank=True)  # +digits, or digits of an internal number
    direction = models.CharField(_("Direction"), max_length=5, choices=BlockDirection.choices)
    action = models.CharField(_("Then"), max_length=10, choices=BlockAction.choices)
    note = models.CharField(_("Note"), max_length=80, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["extension", "match", "pattern", "direction"], nulls_distinct=False, name="blocked_caller_once"
            ),
            models.CheckConstraint(
                condition=Q(match="anonymous", pattern="")
                | ~Q(match="anonymous") & Q(pattern__regex=r"^\+?[0-9]{1,15}$"),
                name="blocked_caller_pattern_fits",
            ),
        ]

    def __str__(self) -> str:
        return self.pattern or str(BlockMatch(self.match).label)


class CallException(Versioned):
    """This caller, at these times, goes there: beats the profile. Tried in order of `position`.

    Without a destination it rings all the same, whatever hours, status and profile say.
    """

    clone = Clone.ROWS
    clone_where = "extension_id IS NULL"

    extension = models.ForeignKey("extensions.Extension", models.CASCADE, null=True, related_name="call_exceptions")
    position = models.IntegerField(default=0)
    label = models.CharField(_("Name"), max_length=60)
    prefix = models.CharField(_("Caller begins with"), max_length=16, blank=True)  # empty: everybody
    schedule = models.ForeignKey("extensions.Schedule", models.RESTRICT, null=True, related_name="exceptions")
    when_open = models.BooleanField(_("While the schedule is open"), default=True)  # else while it is not
    destination = models.OneToOneField("extensions.Destination", models.SET_NULL, null=True, related_name="exception")

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["extension", "position"], name="call_exception_order")]

    def __str__(self) -> str:
        return self.label
