"""Which tenant an outside number belongs to (DID-01, DID-02)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

E164 = r"^\+[1-9][0-9]{5,14}$"


class NumberKind(models.TextChoices):
    GEOGRAPHIC = "geographic", _("Geographic")
    MOBILE = "mobile", _("Mobile")
    TOLL_FREE = "toll_free", _("Toll-free")
    NATIONAL = "national", _("National")


class NumberState(models.TextChoices):
    AVAILABLE = "available", _("Available")
    RESERVED = "reserved", _("Reserved")
    ASSIGNED = "assigned", _("Assigned")
    QUARANTINED = "quarantined", _("Resting")
    PORTED_OUT = "ported_out", _("Ported out")


class RegisteredNumber(models.Model):
    """One outside number of the platform. It is reserved for, or assigned to, at most one tenant.

    `until` ends a reservation, or the rest of a number that was given back (28 days).
    """

    e164 = models.CharField(_("Number"), max_length=16)
    instance = models.ForeignKey("tenants.Tenant", models.PROTECT, null=True, related_name="numbers")
    kind = models.CharField(_("Type"), max_length=10, choices=NumberKind.choices, default=NumberKind.GEOGRAPHIC)
    country = models.CharField(_("Country"), max_length=2, blank=True)
    state = models.CharField(_("State"), max_length=11, choices=NumberState.choices, default=NumberState.AVAILABLE)
    until = models.DateTimeField(_("Until"), null=True)
    noticed_at = models.DateTimeField(null=True)  # when the end of the reservation was announced

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["e164"], name="registered_number_unique"),
            models.CheckConstraint(condition=Q(e164__regex=E164), name="registered_number_shape"),
            models.CheckConstraint(condition=Q(kind__in=NumberKind.values), name="registered_number_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=["reserved", "assigned"], instance__isnull=False)
                | Q(state__in=["available", "quarantined", "ported_out"], instance=None),
                name="registered_number_state_fits_instance",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["reserved", "quarantined"], until__isnull=False)
                | Q(state__in=["available", "assigned", "ported_out"], until=None),
                name="registered_number_until_fits_state",
            ),
        ]

    def __str__(self) -> str:
        return self.e164
