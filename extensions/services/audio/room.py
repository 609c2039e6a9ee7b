"""How much room the company's files may take (TEN-06)."""

from django.db import connection
from django.db.models import Sum
from django.utils.translation import gettext as _

from extensions.models import AudioFile
from extensions.services.audio.faults import StorageFull

STORAGE = "storage_mb"
DEFAULT_MB = 200
_MB = 1024 * 1024


def storage_limit_mb() -> int:
    """What the tenant's row says, else the product's default."""
    return int((connection.tenant.limits or {}).get(STORAGE, DEFAULT_MB))


def storage_used() -> int:
    """Bytes of all sounds of the active tenant."""
    return AudioFile.objects.aggregate(total=Sum("size"))["total"] or 0


def demand_storage(size: int, *, instead_of: int = 0) -> None:
    """Raise StorageFull unless `size` bytes more fit, `instead_of` bytes being given back in the same transaction.

    Whoever asks goes alone until its commit, so that two uploads never take the same room.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('capacity'), hashtext(%s))", [f"{connection.schema_name}:{STORAGE}"]
        )
    limit = storage_limit_mb()
    if storage_used() - instead_of + size > limit * _MB:
        raise StorageFull(
            _("Your company may keep %(limit)d MB of sound, and this no longer fits. Delete sounds that nobody uses.")
            % {"limit": limit},
            field="file",
        )
