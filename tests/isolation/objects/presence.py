"""Agent statuses and changes of somebody's, for the access matrix."""

from datetime import UTC, datetime
from typing import Any

from django.db import connection

from extensions.models import Extension, PresenceChange
from tests.world import MARKERS

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def values() -> dict[tuple[str, str], Any]:
    """A status that can be changed, and a history with the tenant's marker."""
    extension = Extension.objects.order_by("pk").first()
    facts = {"after": "Away", "source": "manager", "at": NOON, "note": MARKERS[connection.schema_name]}
    PresenceChange.objects.create(extension=extension, **facts)
    return {
        ("extensions:agent_status", "kind"): "away",
        ("extensions:agent_status", "direction"): "up",
        ("extensions:feature_code", "feature"): "voicemail",
    }
