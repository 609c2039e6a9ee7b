"""Who says whether a tenant may have more: asked inside the transaction of whoever creates something (TEN-06).

Settings name the implementation (`EXTENSION_CAPACITY`), because licensing stands above this app.
"""

from typing import Protocol

from django.conf import settings
from django.db import connection, models
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from extensions.limit_words import limit_reached
from extensions.models import AudioFile, ConferenceRoom, Extension, ParkingSlot, Phone, Team
from portal.core.errors import DomainError
from tenants.limits import Limit, limit_of
from tenants.models import TenantKind

EXTENSION = Limit.EXTENSIONS
TEAM = Limit.TEAMS
PARKING_SLOT = Limit.PARKING_SLOTS
CONFERENCE = Limit.CONFERENCE_ROOMS
PHONE = Limit.PHONES
STORAGE = Limit.STORAGE_MB  # `n` is in bytes
MEGABYTE = 1024 * 1024


class NotInATemplate(DomainError):
    """Service templates hold settings only."""


class Capacity(Protocol):
    """Both run in the caller's transaction and hold their lock until it ends."""

    def take(self, sku: Limit, n: int) -> None:
        """Reserve `n` of `sku`, before they are created. Raises a DomainError when there are not enough."""

    def give_back(self, sku: Limit, n: int) -> None:
        """Return `n` of `sku`, in the transaction that deletes them."""


class OwnLimit:
    """The tenant's own limits, copied from its template. What exists is what is used."""

    def take(self, sku: Limit, n: int, *, alone: bool = False) -> None:
        """Raises LimitReached, or NotInATemplate for extensions and telephones in a template's working copy.

        `alone` says that the caller holds a lock of its own, which keeps others from taking of this tenant's `sku`.
        """
        tenant = connection.tenant
        if sku in (Limit.EXTENSIONS, Limit.PHONES) and tenant.kind != TenantKind.CUSTOMER:
            raise NotInATemplate(
                _("A service template holds settings only. Create extensions in a tenant made from it.")
            )
        limit = limit_of(tenant, sku)
        if limit is None:
            return
        if not alone:
            _lock(sku)
        used, most = _used(sku), limit * (MEGABYTE if sku is STORAGE else 1)
        if used + n > most:
            raise limit_reached(tenant, sku, used=-(-used // MEGABYTE) if sku is STORAGE else used, limit=limit)

    def give_back(self, sku: Limit, n: int) -> None:
        """Nothing is kept beside the rows themselves."""


def capacity() -> Capacity:
    """The implementation that settings name."""
    return import_string(settings.EXTENSION_CAPACITY)()


def used_of_all() -> dict[Limit, int]:
    """How much of each limit exists in the active schema (storage in bytes), in one query.

    What only a telephone system could count is left out.
    """
    counts = ", ".join(f"(SELECT {what} FROM {table})" for what, table in _COUNTED.values())  # noqa: S608 - our own
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")  # noqa: S608 - our own tables
        return dict(zip(_COUNTED, map(int, cursor.fetchone()), strict=True))


def _used(sku: Limit) -> int:
    what, table = _COUNTED[sku]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {what} FROM {table}")  # noqa: S608 - our own tables
        return int(cursor.fetchone()[0])


def _table(model: type[models.Model]) -> str:
    return model._meta.db_table  # noqa: SLF001 - Django's public name for the options


_COUNTED = {
    Limit.EXTENSIONS: ("count(*)", _table(Extension)),
    Limit.TEAMS: ("count(*)", _table(Team)),
    Limit.PARKING_SLOTS: ("count(*)", _table(ParkingSlot)),
    Limit.CONFERENCE_ROOMS: ("count(*)", _table(ConferenceRoom)),
    Limit.PHONES: ("count(*)", _table(Phone)),
    Limit.STORAGE_MB: ("coalesce(sum(size), 0)", _table(AudioFile)),
}


def _lock(sku: Limit) -> None:
    # Counting sees only what others have committed, so whoever counts goes alone, tenant by tenant, until its commit.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('capacity'), hashtext(%s))",
            [f"{connection.schema_name}:{sku.value}"],
        )
