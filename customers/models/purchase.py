"""Every licence that a tenant ever bought (PLT-16, LIC-13), whichever page it was bought on."""

from datetime import date

from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from tenants.models import Tenant


class PurchaseState(models.TextChoices):
    ACTIVE = "active", _("Active")
    CANCELLING = "cancelling", _("Cancelling")
    ENDED = "ended", _("Expired")


class PurchaseQuerySet(models.QuerySet["Purchase"]):
    """Adjectives of purchases."""

    def of(self, tenant: Tenant) -> "PurchaseQuerySet":
        return self.filter(tenant=tenant)

    def running(self) -> "PurchaseQuerySet":
        """Those that were not cancelled."""
        return self.filter(ends=None)

    def with_state(self, today: date) -> "PurchaseQuerySet":
        """Each with its `state` on the day `today` (UTC)."""
        return self.annotate(
            state=Case(
                When(ends=None, then=Value(PurchaseState.ACTIVE.value)),
                When(ends__gt=today, then=Value(PurchaseState.CANCELLING.value)),
                default=Value(PurchaseState.ENDED.value),
            )
        )


class Purchase(models.Model):
    """`quantity` licences of one SKU from the day `starts` on, paid until the day before `ends` (None: no end yet).

    `unit_minor` is what one costs a month, in minor units of `currency`, as it was agreed to; what came with the
    service template costs nothing by itself (`included`).
    """

    state: str  # a PurchaseState, on rows of `with_state`

    tenant = models.ForeignKey("tenants.Tenant", models.CASCADE, related_name="purchases")
    sku = models.CharField(_("License"), max_length=40)
    name = models.CharField(_("Type"), max_length=60)
    edition = models.CharField(_("Edition"), max_length=80, blank=True)
    quantity = models.IntegerField(_("Number"))
    unit_minor = models.BigIntegerField(_("A month each"))
    currency = models.CharField(_("Currency"), max_length=3)
    included = models.BooleanField(_("Included in the package"), default=False)
    starts = models.DateField(_("From"))
    ends = models.DateField(_("Until"), null=True)
    bought_at = models.DateTimeField(_("Date"))
    bought_by = models.CharField(_("Bought by"), max_length=150, blank=True)
    cancelled_at = models.DateTimeField(_("Cancelled"), null=True)
    cancelled_by = models.CharField(_("Cancelled by"), max_length=150, blank=True)

    objects = PurchaseQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["tenant", "sku", "-id"], name="purchase_of_tenant")]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="purchase_at_least_one"),
            models.CheckConstraint(condition=Q(unit_minor__gte=0), name="purchase_price_not_negative"),
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gt=models.F("starts")), name="purchase_ends_later"),
            models.CheckConstraint(
                condition=Q(ends=None, cancelled_at=None) | Q(ends__isnull=False, cancelled_at__isnull=False),
                name="purchase_ends_when_cancelled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.name}"
