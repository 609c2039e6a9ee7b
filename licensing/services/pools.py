"""More and fewer licences in the active tenant's pools (PLT-10, PLT-11, LIC-13)."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from licensing.models import Counter, LedgerEntry, Pool, Reason


@transaction.atomic
def change_bought(*, sku: str, change: int, reason: Reason, who: str) -> int | None:
    """Add `change` licences of `sku` (taken away where negative), in force at once, and return how many there are then.

    None, and nothing is changed, where fewer than those in use would be left, or where the sort is not counted.
    Needs the owner of the schema: `inside(tenant, owner=True)`.
    """
    if change > 0:
        Pool.objects.bulk_create([Pool(sku=sku, bought=0)], ignore_conflicts=True)
    moved = Pool.objects.filter(sku=sku, bought__gte=F("used") - change).update(bought=F("bought") + change)
    if not moved:
        return None
    balance = Pool.objects.values_list("bought", flat=True).get(sku=sku)
    LedgerEntry.objects.create(
        sku=sku, counter=Counter.BOUGHT, change=change, balance=balance, reason=reason, by=who[:150], at=timezone.now()
    )
    return int(balance or 0)
