"""The licence history: what a tenant's licences came from, and which of them go first (PLT-16, LIC-13)."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from customers.models import Purchase
from licensing.quote import next_month
from licensing.services.entitlement import follow_limits as follow_in_pool
from portal.audit.context import acting_now
from tenants.door import inside
from tenants.models import Sku, Tenant
from tenants.skus import PHONE_SYSTEM


@transaction.atomic
def include_licences(*, tenant: Tenant, counts: Mapping[str, int], at: datetime, by_name: str = "") -> None:
    """Add licences (how many by code) that the tenant has without paying for each: its package's, its provider's."""
    skus = {sku.code: sku for sku in Sku.objects.filter(code__in=counts)}
    for code, sku in sorted(skus.items(), key=lambda pair: pair[1].position):
        if counts[code] > 0:
            Purchase.objects.create(
                tenant=tenant, sku=code, name=sku.name, edition=tenant.product, quantity=counts[code], unit_minor=0,
                currency=settings.PORTAL_CURRENCY, included=True, starts=at.astimezone(UTC).date(), bought_at=at,
                bought_by=by_name[:150],
            )  # fmt: skip


@transaction.atomic
def end_newest(*, tenant: Tenant, sku: str, quantity: int, ends: date, at: datetime, by_name: str) -> None:
    """Let `quantity` licences of `sku` end on the day `ends`: those that came last first.

    Of a purchase that ends in part, the rest goes on as one of its own.
    """
    for purchase, taken in newest(tenant, sku, quantity):
        if taken < purchase.quantity:
            _go_on(purchase, purchase.quantity - taken)
        purchase.quantity = taken
        purchase.ends, purchase.cancelled_at, purchase.cancelled_by = ends, at, by_name[:150]
        purchase.save()


def newest(tenant: Tenant, sku: str, quantity: int) -> Iterator[tuple[Purchase, int]]:
    """The purchases that `quantity` licences come from, newest first, with how many of each. Those that came with the
    package are the oldest, so that what costs nothing is given back last."""
    for purchase in Purchase.objects.of(tenant).running().filter(sku=sku).order_by("-pk"):
        if not quantity:
            return
        taken = min(quantity, purchase.quantity)
        quantity -= taken
        yield purchase, taken


@transaction.atomic
def follow_limits(*, tenant: Tenant, extensions: int) -> None:
    """The provider changed how many extensions `tenant` may have (TEN-08): its licences and their history follow.

    Named in settings.ENTITLEMENT. More are included at no price; of fewer, those that came last end with the month.
    """
    with inside(tenant, owner=True):
        change = follow_in_pool(extensions=extensions)
    at, by_name = timezone.now(), acting_now().user_name
    if change > 0:
        include_licences(tenant=tenant, counts={PHONE_SYSTEM: change}, at=at, by_name=by_name)
    elif change:
        end_newest(tenant=tenant, sku=PHONE_SYSTEM, quantity=-change, ends=next_month(at), at=at, by_name=by_name)


def _go_on(purchase: Purchase, quantity: int) -> None:
    rest = Purchase.objects.get(pk=purchase.pk)
    rest.pk, rest.quantity = None, quantity
    rest.save()
