"""Something that was deleted a moment ago."""

from typing import Any

from django.db import connection
from django.utils import timezone

from extensions.models import Deletion, Team
from extensions.services.deletion import delete_object
from portal.accounts.models import User
from tests.world import MARKERS


def values() -> dict[tuple[str, str], Any]:
    deletion = Deletion.objects.order_by("-pk").first()
    if deletion is None:
        somebody = User.objects.order_by("pk").first()
        team = Team.objects.create(name=f"Gone {MARKERS[connection.schema_name]}")
        deletion = delete_object(team, by=somebody, at=timezone.now())
    return {("extensions:undo", "pk"): deletion.pk, ("extensions:setup", "key"): "nobody-was-sent-this"}
