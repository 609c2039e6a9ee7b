"""Agent status: which ones exist, who has which, and since when (PRS-01, PRS-03, PRS-04, PRS-06)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone
from portal.core.versions import Versioned


class StatusKind(models.TextChoices):
    """What a status means for calls: each kind has its own call profile (CTL-01), look and words."""

    AVAILABLE = "available", _("Available")
    BUSY = "busy", _("Busy")
    AWAY = "away", _("Away")
    DND = "dnd", _("Do not disturb")
    CUSTOM_1 = "custom_1", _("Custom 1")
    CUSTOM_2 = "custom_2", _("Custom 2")
    LOGGED_OUT = "logged_out", _("Logged out")


class StatusSource(models.TextChoices):
    USER = "user", _("Themselves")
    MANAGER = "manager", _("A manager")
    SCHEDULE = "schedule", _("The schedule")
    KEY = "key", _("A key or code of the telephone")
    API = "api", _("The API")


class AgentStatus(Versioned):
    """One status that people here can have. The seven kinds are seeded; each can be renamed and switched off."""

    clone = Clone.ROWS

    kind = models.CharField(max_length=10, choices=StatusKind.choices)
    label = models.CharField(_("Name"), max_length=30)
    enabled = models.BooleanField(_("In use"), default=True)
    set_by_agent = models.BooleanField(_("People may set it themselves"), default=True)
    rings_team = models.BooleanField(_("Team calls ring"), default=True)
    takes_queue = models.BooleanField(_("Queue calls are offered"), default=True)
    position = models.IntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind"], name="agent_status_kind_once"),
            models.UniqueConstraint(Lower("label"), name="agent_status_label_unique"),
            models.CheckConstraint(condition=Q(kind__in=StatusKind.values), name="agent_status_kind_known"),
        ]

    def __str__(self) -> str:
        return self.label


class Presence(models.Model):
    """The status that an extension has now. No row: available since it exists."""

    clone = Clone.EMPTY

    extension = models.OneToOneField("extensions.Extension", models.CASCADE, related_name="presence")
    status = models.ForeignKey(AgentStatus, models.RESTRICT, related_name="+")
    source = models.CharField(max_length=10, choices=StatusSource.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    since = models.DateTimeField(_("Since"))
    until = models.DateTimeField(_("Until"), null=True)  # then back to what the schedule says, else available
    note = models.CharField(_("Note"), max_length=80, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(source__in=StatusSource.values), name="presence_source_known")
        ]

    def __str__(self) -> str:
        return f"{self.extension}: {self.status}"


class PresenceChange(models.Model):
    """History: one row each time somebody's status changed (PRS-03)."""

    clone = Clone.EMPTY

    extension = models.ForeignKey("extensions.Extension", models.CASCADE, related_name="presence_changes")
    before = models.CharField(max_length=30, blank=True)  # labels as they were then
    after = models.CharField(max_length=30)
    source = models.CharField(max_length=10, choices=StatusSource.choices)
    by_name = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField(_("When"))
    until = models.DateTimeField(null=True)
    note = models.CharField(max_length=80, blank=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["extension", "-at"], name="presence_change_by_extension")]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
