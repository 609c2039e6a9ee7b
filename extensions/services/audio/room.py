"""How much room the company's files may take (TEN-06)."""

from extensions.capacity import STORAGE, capacity
from extensions.limit_words import LimitReached
from extensions.services.audio.faults import StorageFull


def demand_storage(size: int, *, instead_of: int = 0) -> None:
    """Raise StorageFull unless `size` bytes more fit, `instead_of` bytes being given back in the same transaction."""
    try:
        capacity().take(STORAGE, size - instead_of)
    except LimitReached as full:
        raise StorageFull(full.message, field="file") from full
