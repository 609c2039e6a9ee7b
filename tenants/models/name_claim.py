"""Names that must be unique among tenants and open requests, held in one table so that one index is the judge."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ClaimKind(models.TextChoices):
    NAME = "name", _("Name")
    SHORT_NAME = "short_name", _("Short name")
    UPN_SUFFIX = "upn_suffix", _("UPN suffix")
    FQDN = "fqdn", _("FQDN")


class NameClaim(models.Model):
    """`value` is folded to lower case. A claim belongs to a request, then to the tenant made from it."""

    kind = models.CharField(max_length=10, choices=ClaimKind.choices)
    value = models.CharField(max_length=253)
    request = models.ForeignKey("tenants.SubscriptionRequest", models.CASCADE, null=True, related_name="claims")
    tenant = models.ForeignKey("tenants.Tenant", models.CASCADE, null=True, related_name="claims")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "value"], name="name_claim_unique"),
            models.CheckConstraint(
                condition=Q(request__isnull=False) | Q(tenant__isnull=False), name="claim_has_owner"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"
