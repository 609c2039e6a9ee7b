"""How much of what a tenant bought it uses; asked by lower apps through the settings."""

from extensions.capacity import MEGABYTE, used_of_all
from extensions.models import Extension
from tenants.limits import Limit


def count_extensions() -> int:
    """The extensions of the active schema."""
    return Extension.objects.count()


def used_by_limit() -> dict[str, int]:
    """How much of each limit the active schema uses, by SKU; storage in megabytes, begun ones counted whole."""
    used = {sku.value: count for sku, count in used_of_all().items()}
    used[Limit.STORAGE_MB.value] = -(-used[Limit.STORAGE_MB.value] // MEGABYTE)
    return used
