"""Every licence that a tenant ever got (PLT-16, LIC-13)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone


class PurchaseState(models.TextChoices):
    ACTIVE = "active", _("Active")
    CANCELLING = "cancelling", _("Ends at the date")
    ENDED = "ended", _("Ended")


class Purchase(models.Model):
    """So many licences of one sort from a day on. `cancels_at`: when those that were cancelled stop being paid."""

    clone = Clone.EMPTY

    sku = models.CharField(_("Licence"), max_length=40)
    quantity = models.IntegerField(_("Number"))
    bought_at = models.DateTimeField(_("Date"))
    starts = models.DateField(_("From"))
    ends = models.DateField(_("To"), null=True)
    cancels_at = models.DateField(_("Cancelled to"), null=True)
    state = models.CharField(_("State"), max_length=10, choices=PurchaseState.choices, default=PurchaseState.ACTIVE)
    by = models.CharField(_("Who"), max_length=150, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="purchase_of_at_least_one"),
            models.CheckConstraint(condition=Q(state__in=PurchaseState.values), name="purchase_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} {self.sku}"
