"""Reads about sounds."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from extensions.models import AudioFile, Destination, Mailbox, SettingValue


def sounds() -> QuerySet[AudioFile]:
    """All sounds with `used`, the number of places that play them."""
    used = (
        _counted(Destination.objects.filter(announcement=OuterRef("pk")), "announcement")
        + _counted(SettingValue.objects.filter(announcement=OuterRef("pk")), "announcement")
        + _counted(Mailbox.objects.filter(greeting=OuterRef("pk")), "greeting")
    )
    return AudioFile.objects.select_related("uploaded_by").annotate(used=used)


def _counted(rows: QuerySet, column: str) -> Any:
    counted = rows.order_by().values(column).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)
