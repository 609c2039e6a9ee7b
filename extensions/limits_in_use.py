"""Limits beside what is used of them."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from extensions.capacity import MEGABYTE, used_of_all
from tenants.limits import Limit, limit_of

NEARLY = 80  # percent from which a limit is worth a look (TEN-12)


@dataclass(frozen=True, slots=True)
class InUse:
    """One limit; `used` is None where only a telephone system could tell, `limit` None where there is none."""

    label: Any
    used: int | None
    limit: int | None

    @property
    def percent(self) -> int | None:
        if self.used is None or not self.limit:
            return None
        return min(100, self.used * 100 // self.limit)

    @property
    def is_nearly_full(self) -> bool:
        return self.percent is not None and self.percent >= NEARLY


def limits_in_use() -> list[InUse]:
    """Every limit of the active tenant, counted in one query."""
    found, counted = [], used_of_all()
    for sku in Limit:
        used = counted.get(sku)
        if sku is Limit.STORAGE_MB and used is not None:
            used = -(-used // MEGABYTE)
        found.append(InUse(sku.label, used, limit_of(connection.tenant, sku)))
    return found
