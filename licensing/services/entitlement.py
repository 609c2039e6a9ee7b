"""How many licences a tenant has: written on the management side alone, as the owner of the schema (PLT-12)."""

from collections.abc import Mapping

from django.db import connection, transaction
from django.utils.translation import gettext as _

from licensing.capacity import lock_pools
from licensing.models import Pool, Reason
from portal.audit.context import acting_now
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError
from tenants.skus import NUMBER, PHONE_SYSTEM

PUT = """
WITH want AS (SELECT * FROM unnest(%s::text[], %s::int[]) AS one(sku, n)),
before AS (SELECT sku, bought FROM licensing_pool WHERE sku IN (SELECT sku FROM want)),
put AS (
    INSERT INTO licensing_pool (sku, bought, used) SELECT sku, n, 0 FROM want ORDER BY sku
    ON CONFLICT (sku) DO UPDATE SET bought = EXCLUDED.bought RETURNING sku, bought
)
INSERT INTO licensing_ledgerentry (sku, counter, change, balance, reason, extension, by, at)
SELECT sku, 'bought', coalesce(put.bought, 0) - coalesce(before.bought, 0), put.bought, %s, '', %s, now()
FROM put LEFT JOIN before USING (sku)
WHERE put.bought IS DISTINCT FROM before.bought AND NOT (before.sku IS NULL AND put.bought = 0)
"""


class BelowUse(DomainError):
    """More licences are in use than would be left."""


@transaction.atomic
def set_bought(counts: Mapping[str, int | None], *, reason: Reason) -> None:
    """Let the active tenant have so many licences of each SKU (None: not counted). Raises BelowUse.

    Needs the owner of the schema: `inside(tenant, owner=True)`.
    """
    below = BelowUse(_("More licenses are in use than would be left. Delete extensions or take add-ons away first."))
    skus = sorted(counts)
    lock_pools(skus)
    with refusing({"pool_used_within_bought": below}), connection.cursor() as cursor:
        cursor.execute(PUT, [skus, [counts[sku] for sku in skus], reason.value, acting_now().user_name[:150]])


def start_pools(*, extensions: int, numbers: int | None, addons: Mapping[str, int]) -> None:
    """What a new tenant's package includes: so many extensions, outside numbers (None: none) and add-ons (by code).

    Named in settings.FIRST_LICENCES.
    """
    set_bought({**addons, PHONE_SYSTEM: extensions, NUMBER: numbers or 0}, reason=Reason.START)


def follow_limits(*, extensions: int) -> int:
    """The provider changed how many extensions the active tenant may have (TEN-08): as many licences are there.

    Returns how many more those are than before. A pool that is not counted stays so, and that is none.
    """
    before = Pool.objects.filter(sku=PHONE_SYSTEM).values_list("bought", flat=True).first()
    if before is None or before == extensions:
        return 0
    set_bought({PHONE_SYSTEM: extensions}, reason=Reason.LIMIT)
    return extensions - before
