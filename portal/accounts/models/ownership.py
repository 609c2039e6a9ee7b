"""Handing over ownership: offered by the owner, taken over by somebody who accepts it (ROL-02)."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone

LASTS = timedelta(days=7)


class TransferState(models.TextChoices):
    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


class OwnershipTransfer(models.Model):
    """One offer. At most one is open at a time; after seven days it has expired."""

    clone = Clone.EMPTY

    giver = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="ownership_offers")
    taker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="ownership_offered")
    state = models.CharField(_("Status"), max_length=10, choices=TransferState.choices, default=TransferState.OFFERED)
    offered_at = models.DateTimeField(_("Offered"))
    expires_at = models.DateTimeField(_("Until at the latest"))
    answered_at = models.DateTimeField(_("Answered"), null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="offered"), name="ownership_one_open_offer"),
            models.CheckConstraint(condition=Q(state__in=TransferState.values), name="ownership_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"
