"""Somebody from another host working in this schema, by the signed hand-off (TEN-05, POR-03)."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import connection, models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone


class SupportState(models.TextChoices):
    OPEN = "open", _("Open")
    OVER = "over", _("Time is up")
    ENDED = "ended", _("Ended")


class SupportSessionQuerySet(models.QuerySet):
    def open_at(self, at: datetime) -> "SupportSessionQuerySet":
        return self.filter(ended_at=None, ends_at__gt=at)


class SupportSession(models.Model):
    """One visit: who came from where, why, until when. Seen and ended by the tenant's owner.

    `actor_schema` and `actor_id` name the real person's sign-in on their own host; no foreign key crosses schemas.
    `nonce` is the hand-off's: unique, so a hand-off opens one session at most.
    """

    clone = Clone.EMPTY

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nonce = models.CharField(max_length=64)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="support_sessions")
    actor_schema = models.CharField(max_length=63)
    actor_id = models.BigIntegerField()
    actor_name = models.CharField(_("Person"), max_length=150)
    actor_logon = models.CharField(max_length=150)
    reason = models.CharField(_("Reason"), max_length=200)
    ip = models.GenericIPAddressField(null=True)
    started_at = models.DateTimeField(_("From"))
    ends_at = models.DateTimeField(_("Until at the latest"))
    ended_at = models.DateTimeField(_("Ended"), null=True)
    ended_by = models.CharField(_("Ended by"), max_length=150, blank=True)

    objects = SupportSessionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["nonce"], name="support_session_nonce_unique")]

    def __str__(self) -> str:
        return f"{self.actor_name}: {self.reason}"

    @property
    def state(self) -> SupportState:
        """Open, over by its time, or ended by somebody."""
        if self.ended_at is not None:
            return SupportState.ENDED
        return SupportState.OPEN if self.ends_at > timezone.now() else SupportState.OVER

    @property
    def actor_ref(self) -> str:
        """The person's own sign-in, as the audit log names it: `public:12`."""
        return f"{self.actor_schema}:{self.actor_id}"

    # What the band across every page of the session says.
    @property
    def actor_label(self) -> str:
        return self.actor_name

    @property
    def kind_label(self) -> str:
        return str(_("support")) if self.user.kind == "support" else str(_("visit"))

    @property
    def tenant_label(self) -> str:
        return str(getattr(connection.tenant, "name", settings.PORTAL_COMPANY))

    @property
    def leave_url(self) -> str:
        return reverse("accounts:leave")
