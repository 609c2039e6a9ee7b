"""A custom role, with the tenant's marker in its name."""

from typing import Any

from django.db import connection

from portal.accounts.models import Role
from tests.world import MARKERS


def values() -> dict[tuple[str, str], Any]:
    name = f"Night desk {MARKERS[connection.schema_name]}"
    role = Role.objects.get_or_create(code="night-desk", defaults={"name": name, "permissions": ["own:use"]})[0]
    return {("accounts:role", "pk"): role.pk}
