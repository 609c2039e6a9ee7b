"""Telephones, panels and key templates for the access matrix."""

from typing import Any

from django.db import connection
from django.utils import timezone

from extensions.models import Extension, Key, KeyPanel, Phone
from tests.world import MARKERS


def values() -> dict[tuple[str, str], Any]:
    schema = connection.schema_name
    first = Extension.objects.order_by("pk").first()
    number = int(schema.removeprefix("t"))
    phone, _made = Phone.objects.get_or_create(
        mac=f"001565{number:06x}",
        defaults={"model": "yealink-t54w", "place": MARKERS[schema], "created_at": timezone.now(), "extension": first},
    )
    template, _made = KeyPanel.objects.get_or_create(
        name=MARKERS[schema], extension=None, defaults={"pk": 7000 + number}
    )
    Key.objects.get_or_create(panel=template, position=0, defaults={"kind": "line", "label": MARKERS[schema]})
    return {
        ("extensions:phone", "pk"): phone.pk,
        ("extensions:fetch", "rest"): "no-such-secret/001565000001.cfg",
        ("extensions:key_template", "pk"): template.pk,
        ("extensions:key_template", "position"): 1,
        ("extensions:keys", "position"): 1,
    }
