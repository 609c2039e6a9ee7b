"""Speed dials for the access matrix: a shared one and a personal one."""

from typing import Any

from django.db import connection

from extensions.models import Extension, SpeedDial
from tests.world import MARKERS


def values() -> dict[tuple[str, str], Any]:
    schema = connection.schema_name
    number = int(schema.removeprefix("t"))
    facts = {"label": MARKERS[schema], "number": "+6561234567"}
    shared, _made = SpeedDial.objects.get_or_create(extension=None, code="*90", defaults={**facts, "pk": 7100 + number})
    first = Extension.objects.order_by("pk").first()
    own, _made = SpeedDial.objects.get_or_create(extension=first, code="*91", defaults={**facts, "pk": 7200 + number})
    return {("extensions:speed_dial", "pk"): shared.pk, ("extensions:extension_speed_dial", "pk"): own.pk}
