"""Reads that feed the pages about licences."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import F, Func, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from extensions.models import Extension, OutsideNumber
from extensions.selectors import OutsideNumberOf, UserName
from licensing.models import AssignedAddon, LedgerEntry, PreparedExport
from portal.accounts.models import User
from tenants.models import Sku, SkuKind

# The catalogue is shared, the pools are the tenant's: no join of Django's goes from the one to the other.
_LINES = """
SELECT sku.code, sku.name, sku.kind, sku.many, CASE WHEN pool.sku IS NULL THEN 0 ELSE pool.bought END, coalesce(used, 0)
FROM "tenants_sku" AS sku LEFT JOIN "licensing_pool" AS pool ON pool.sku = sku.code
WHERE (sku.is_active OR pool.sku IS NOT NULL) AND sku.name ILIKE %s ORDER BY sku.position, sku.code
"""


@dataclass(frozen=True, slots=True)
class PoolLine:
    """One sort of licence, with what the tenant has of it. `bought` None: the sort is not counted."""

    code: str
    name: str
    kind: SkuKind
    many: bool
    bought: int | None
    used: int

    @property
    def available(self) -> int | None:
        return None if self.bought is None else self.bought - self.used

    @property
    def is_counted(self) -> bool:
        return self.bought is not None

    @property
    def in_words(self) -> str:
        """“3 of 10 assigned, 7 available”, for whoever does not see the bar."""
        if self.bought is None:
            return _("%(used)d assigned") % {"used": self.used}
        return _("%(used)d of %(bought)d assigned, %(free)d available") % {
            "used": self.used,
            "bought": self.bought,
            "free": self.available,
        }


def pool_lines(search: str = "") -> list[PoolLine]:
    """Every licence that is offered or that the tenant has, in the catalogue's order; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_LINES, [f"%{connection.ops.prep_for_like_query(search.strip())}%"])
        return [PoolLine(code, name, SkuKind(kind), *rest) for code, name, kind, *rest in cursor.fetchall()]


def purchased_addons() -> list[PoolLine]:
    """The add-ons of which the tenant has any (LIC-07)."""
    return [line for line in pool_lines() if line.kind is SkuKind.ADDON and (line.bought is None or line.bought > 0)]


class AddonNames(Func):
    """The add-ons of the extension with this key, in one text: “Mobile App × 2, Team Chat”.

    Named in settings.EXTENSION_ADDONS.
    """

    template = (
        "(SELECT string_agg(sku.name || CASE WHEN held.quantity > 1 THEN ' × ' || held.quantity ELSE '' END, ', '"
        ' ORDER BY sku.position) FROM "licensing_assignedaddon" held JOIN "tenants_sku" sku ON sku.code = held.sku'
        " WHERE held.extension_id = %(expressions)s)"
    )
    output_field = TextField()


def provisioned() -> QuerySet[Extension]:
    """Every extension with what the licence pages show of it. Secrets stay unread."""
    return Extension.objects.only("number", "directory_name", "state", "user").annotate(
        user_name=UserName("user"), outside=OutsideNumberOf("pk"), addon_names=AddonNames("pk")
    )


def ledger() -> QuerySet[LedgerEntry]:
    """Every change of a count, each with what its licence is called (`licence`)."""
    name = Sku.objects.filter(code=OuterRef("sku")).values("name")[:1]
    return LedgerEntry.objects.annotate(licence=Coalesce(Subquery(name), F("sku")))


def files_of(user: User, at: datetime) -> list[PreparedExport]:
    """The files that `user` asked for and that are being made, or can be fetched at `at`; newest first."""
    files = PreparedExport.objects.filter(by=user).defer("content").order_by("-pk")
    return [file for file in files if file.until is None or file.until > at]


def numbers() -> QuerySet[OutsideNumber]:
    """The tenant's outside numbers with whom they ring."""
    return OutsideNumber.objects.select_related("extension").defer("extension__sip_password")


def addons_of(extension: Extension) -> dict[str, int]:
    """How many of each add-on (by code) the extension has."""
    rows: Any = AssignedAddon.objects.filter(extension=extension).values_list("pool", "quantity")
    return dict(rows)
