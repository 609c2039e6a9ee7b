"""Licences are taken from their pools inside the transaction of whoever uses them (LIC-04, LIC-08, LIC-15, TEN-06).

`claim` locks the pools and says no with have and need; the rows that use a licence then follow, in the same
transaction, and triggers count them. What nobody claimed is judged by the pool's own constraint.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import ngettext

from extensions.capacity import OwnLimit
from extensions.limit_words import with_offer
from licensing.models import Reason
from portal.audit.context import acting_now
from portal.core.errors import DomainError
from tenants.limits import Limit
from tenants.models import Sku
from tenants.skus import PHONE_SYSTEM

# In the order of their codes, so that two who want several never wait for each other.
LOCK = """
SELECT sku, bought, used, set_config('licensing.by', %s, true), set_config('licensing.reason', %s, true)
FROM licensing_pool WHERE sku = ANY(%s) ORDER BY sku FOR UPDATE
"""
LOCK_ALL = """
SELECT count(*), set_config('licensing.by', %s, true)
FROM (SELECT sku FROM licensing_pool ORDER BY sku FOR UPDATE) AS held
"""


@dataclass(frozen=True, slots=True)
class Shortage:
    """`need` licences of `sku` (called `name`) are wanted, `have` are free."""

    sku: str
    name: str
    have: int
    need: int

    def __str__(self) -> str:
        return ngettext(
            "%(name)s: %(need)d license is needed, %(have)d are free.",
            "%(name)s: %(need)d licenses are needed, %(have)d are free.",
            self.need,
        ) % {"name": self.name, "need": self.need, "have": self.have}


class NotEnoughLicences(DomainError):
    """Fewer are free than wanted. The message is safe HTML with a link to get more; `shortages` holds the figures."""

    def __init__(self, shortages: list[Shortage], *, field: str | None = None) -> None:
        self.shortages = shortages
        super().__init__(with_offer(connection.tenant, " ".join(map(str, shortages))), field=field)


def claim(wanted: Mapping[str, int], *, reason: Reason | None = None, field: str | None = None) -> None:
    """Hold the pools of `wanted` (licences by SKU) until the transaction ends, and see that so many are free.

    Create the rows next: claimed twice before the first rows are there, the same licence would be promised twice, and
    the constraint would refuse. `reason` is what the ledger says. Raises NotEnoughLicences on `field`.
    """
    needed = {sku: n for sku, n in wanted.items() if n > 0}
    demand(lock_pools(needed, reason=reason), needed, field=field)


def lock_pools(skus: Collection[str], *, reason: Reason | None = None) -> dict[str, int | None]:
    """Hold the pools of `skus` and return how many of each are free; None where they are not counted."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [acting_now().user_name[:150], reason or "", sorted(skus)])
        held = {sku: None if bought is None else bought - used for sku, bought, used, *_set in cursor.fetchall()}
    return {sku: held.get(sku, 0) for sku in skus}


def demand(free: Mapping[str, int | None], needed: Mapping[str, int], *, field: str | None = None) -> None:
    """Raise NotEnoughLicences with every shortage where more is `needed` than `free` (both by SKU)."""
    lacking = {}
    for sku, need in needed.items():
        have = free[sku]
        if have is not None and have < need:
            lacking[sku] = max(0, have)
    if lacking:
        names = dict(Sku.objects.filter(code__in=lacking).values_list("code", "name"))
        raise NotEnoughLicences(
            [Shortage(sku, names.get(sku, sku), have, needed[sku]) for sku, have in sorted(lacking.items())],
            field=field,
        )


def hold_pools() -> None:
    """Lock every pool before rows that use licences go, because pools come before extensions in the order of locks."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK_ALL, [acting_now().user_name[:150]])


class LicensedCapacity:
    """Extensions need a licence each; whatever else is limited is limited as before. Named in EXTENSION_CAPACITY."""

    def take(self, sku: Limit, n: int) -> None:
        """Raises NotEnoughLicences, and what OwnLimit raises."""
        if sku is Limit.EXTENSIONS:
            claim({PHONE_SYSTEM: n})
        OwnLimit().take(sku, n, alone=sku is Limit.EXTENSIONS)

    def give_back(self, sku: Limit, n: int) -> None:
        """The licences return when the rows go; here their pools are locked, in the agreed order."""
        if sku is Limit.EXTENSIONS:
            hold_pools()
