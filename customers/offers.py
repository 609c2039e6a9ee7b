"""What a tenant can buy: the catalogue with its prices, beside what the tenant has of each."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from customers.models import Customer
from licensing.models import Pool
from portal.core.money import in_words
from tenants.door import inside
from tenants.models import Price, Sku, SkuKind, Tenant


@dataclass(frozen=True, slots=True)
class Offer:
    """One SKU of the catalogue for one tenant. `unit`: minor units of `currency` a month, None where none is set.

    `bought` None: the tenant's licences of this sort are not counted.
    """

    code: str
    name: str
    kind: str
    currency: str
    unit: int | None
    bought: int | None
    used: int

    @property
    def free(self) -> int | None:
        return None if self.bought is None else self.bought - self.used

    @property
    def price(self) -> str:
        return _("No price yet") if self.unit is None else in_words(self.unit, self.currency)

    @property
    def kind_label(self) -> str:
        return str(SkuKind(self.kind).label)

    @property
    def may_buy(self) -> bool:
        return self.unit is not None and self.bought is not None

    @property
    def may_cancel(self) -> bool:
        return self.may_buy and bool(self.free)

    @property
    def is_phone_system(self) -> bool:
        return self.kind == SkuKind.BASE


def currency_of(tenant: Tenant) -> str:
    """What the tenant's customer pays in (ISO 4217), the platform's own where nothing is said."""
    stored = Customer.objects.filter(tenant=tenant).values_list("currency", flat=True).first()
    return stored or str(settings.PORTAL_CURRENCY)


def offers_of(tenant: Tenant, *, code: str | None = None) -> list[Offer]:
    """Everything that is offered, in the order of the catalogue, with what the tenant has of it."""
    currency = currency_of(tenant)
    price = Price.objects.filter(sku=OuterRef("pk"), currency=currency).values("monthly_minor")
    skus = Sku.objects.filter(is_active=True, **({} if code is None else {"code": code}))
    found = list(skus.annotate(unit=Subquery(price)).order_by("position", "code"))
    with inside(tenant):
        pools = {pool.sku: pool for pool in Pool.objects.all()}
    return [
        Offer(
            code=sku.code,
            name=sku.name,
            kind=sku.kind,
            currency=currency,
            unit=sku.unit,
            bought=pools[sku.code].bought if sku.code in pools else 0,
            used=pools[sku.code].used if sku.code in pools else 0,
        )
        for sku in found
    ]


def offer_of(tenant: Tenant, code: str) -> Offer | None:
    """One of them, or None where it is not offered."""
    return next(iter(offers_of(tenant, code=code)), None)
