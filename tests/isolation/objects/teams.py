"""A team, with the tenant's marker in its name."""

from typing import Any

from django.db import connection

from extensions.models import Team
from portal.accounts.models import User
from tests.world import MARKERS


def values() -> dict[tuple[str, str], Any]:
    team = Team.objects.get_or_create(name=f"Sales {MARKERS[connection.schema_name]}", defaults={"number": "690"})[0]
    return {
        ("extensions:team", "pk"): team.pk,
        ("extensions:user_teams", "pk"): User.objects.order_by("pk").first().pk,
    }
