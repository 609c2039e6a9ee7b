"""Which add-ons extensions have: given and taken by set (LIC-07 to LIC-11, EXT-08)."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from extensions.events import ExtensionsChanged
from extensions.models import Extension
from extensions.services.deletion.records import record_change, record_rows
from licensing.capacity import demand, lock_pools
from licensing.models import AssignedAddon
from licensing.services.needs import demand_needs
from portal.accounts.models import User
from portal.audit.models import Verb
from portal.core.bulk import SetChanged
from portal.core.errors import DomainError, Refusals
from portal.core.events import emit
from tenants.models import Sku, SkuKind


class UnknownAddon(DomainError):
    """No such add-on is sold."""


@transaction.atomic
def change_addons(*, extensions: Collection[int], addons: Mapping[str, int], by: User) -> int:
    """Let each of `extensions` (ids) have so many of each add-on (by code; 0 takes it away); others stay.

    Returns how many extensions there were. One statement for each sort of change, whatever their number. Raises
    NotEnoughLicences, UnknownAddon, and Refusals on `addon_<code>`: several of what is sold once for each extension
    (LIC-10), or something that it needs is missing (LIC-11). Then nothing is changed.
    """
    _demand_sold(addons)
    free = lock_pools(addons)
    ids = list(
        Extension.objects.filter(pk__in=extensions).order_by("pk").select_for_update().values_list("pk", flat=True)
    )
    has = AssignedAddon.objects.filter(extension__in=ids, pool__in=addons)
    now = dict(has.values("pool").annotate(all=Sum("quantity")).values_list("pool", "all"))
    demand(free, {sku: quantity * len(ids) - now.get(sku, 0) for sku, quantity in addons.items()})
    for sku, quantity in addons.items():
        _set(ids, sku, quantity)
    demand_needs(ids)
    emit(ExtensionsChanged(extension_ids=tuple(ids), by_id=by.pk))
    return len(ids)


@transaction.atomic
def change_many(*, rows: QuerySet[Extension], sku: str, quantity: int, expected: int, by: User) -> int:
    """As `change_addons` for one add-on and the extensions in `rows`; raises SetChanged unless they are `expected`."""
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    if len(ids) != expected:
        raise SetChanged
    return change_addons(extensions=ids, addons={sku: quantity}, by=by)


def lacking_or_having(sku: str, *, lacking: bool) -> Q:
    """The condition for extensions without the add-on, or with it."""
    having = Q(pk__in=AssignedAddon.objects.filter(pool=sku).values("extension"))
    return ~having if lacking else having


def _set(ids: list[int], sku: str, quantity: int) -> None:
    mine = AssignedAddon.objects.filter(extension__in=ids, pool=sku)
    if not quantity:
        going = list(mine.values_list("pk", flat=True))
        record_rows(AssignedAddon, going, Verb.DELETE)
        # audit: written above, from the same rows
        mine.filter(pk__in=going)._raw_delete(mine.db)  # noqa: SLF001 - one statement; nothing refers to these rows
        return
    other = list(mine.exclude(quantity=quantity).values_list("pk", flat=True))
    record_change(AssignedAddon, other, {"quantity": quantity})
    # audit: written above, from the same rows
    mine.filter(pk__in=other).update(quantity=quantity)
    there = set(mine.values_list("extension_id", flat=True))
    new = [AssignedAddon(extension_id=pk, pool_id=sku, quantity=quantity) for pk in ids if pk not in there]
    if new:
        # audit: written below, from the rows that were inserted
        made = AssignedAddon.objects.bulk_create(new)
        record_rows(AssignedAddon, [row.pk for row in made], Verb.POST)


def _demand_sold(addons: Mapping[str, int]) -> None:
    sold = {sku.code: sku for sku in Sku.objects.filter(code__in=addons, kind=SkuKind.ADDON)}
    wrong = {}
    for code, quantity in addons.items():
        sku = sold.get(code)
        if sku is None or quantity < 0 or (quantity and not sku.is_active):
            raise UnknownAddon(_("This add-on is not offered."))
        if quantity > 1 and not sku.many:
            wrong[f"addon_{code}"] = _("An extension has at most one %(name)s.") % {"name": sku.name}
    if wrong:
        raise Refusals(wrong)
