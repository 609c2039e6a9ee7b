"""The built-in roles as rows of a schema (ROL-05)."""

from django.utils.translation import override

from portal.accounts.models import Role
from portal.permissions import BUILTIN_GRANTS, TEAM_ROLES, Face


def seed_roles(face: Face) -> None:
    """Create or correct the built-in roles of `face` in the active schema, in one statement; safe to repeat."""
    with override("en"):  # stored names are English; pages translate them through BuiltinRole
        roles = [
            Role(
                code=role.value,
                name=str(role.label),
                builtin=True,
                permissions=sorted(grants),
                team_scoped=role in TEAM_ROLES,
            )
            for role, grants in BUILTIN_GRANTS[face].items()
        ]
    Role.objects.bulk_create(
        roles,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "builtin", "permissions", "team_scoped"],
    )


def seed_tenant_roles() -> None:
    """The roles every tenant starts with; named in settings.TENANT_SEEDS."""
    seed_roles(Face.TENANT)
