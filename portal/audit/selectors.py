"""Reads of the log."""

from django.db import models
from django.db.models import Q, QuerySet

from portal.audit.models import LogEntry


def entries() -> QuerySet[LogEntry]:
    """The whole log of the active schema."""
    return LogEntry.objects.all()


def latest_entries(count: int = 8) -> QuerySet[LogEntry]:
    """The newest rows, newest first."""
    return LogEntry.objects.order_by("-timestamp", "-pk")[:count]


def entries_about(
    *objects: models.Model | None, parts: dict[str, tuple[str, object]] | None = None
) -> QuerySet[LogEntry]:
    """Everything recorded about these objects (None is left out) and about their parts (AUD-01).

    `parts` maps a model's label (`customers.contact`) to the field that leads to the whole and the whole's key; parts
    deleted since are found by the row that records their creation.
    """
    wanted = Q(pk__in=[])
    for obj in objects:
        if obj is not None:
            wanted |= Q(model=obj._meta.label_lower, object_pk=str(obj.pk))
    for label, (field, key) in (parts or {}).items():
        # The library keeps a foreign key as text or as number, depending on the key's type.
        is_part = Q(**{f"changes__{field}__1": key}) | Q(**{f"changes__{field}__1": str(key)})
        made = LogEntry.objects.filter(is_part, model=label).values("object_pk")
        wanted |= Q(model=label, object_pk__in=made)
    return LogEntry.objects.filter(wanted)
