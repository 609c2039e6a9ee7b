"""A template's schema becomes a tenant's: structure from a prepared script, rows by set-based copies."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from portal.core.cloning import tenant_models
from portal.core.errors import DomainError
from tenants.door import inside, inside_management
from tenants.models import Tenant
from tenants.services import wall
from tenants.services.copying import Copier, set_sequence
from tenants.services.files import copy_files, drop_files
from tenants.services.fingerprint import fingerprint
from tenants.services.structure import BLANK, MIGRATION_LOCK, structure_script

_NAME = re.compile(r"^(t|tpl)[0-9]+(_v[0-9]+)?$")


class NotCurrent(DomainError):
    """The source has not been migrated to this code's state yet."""


def create_blank(target: Tenant) -> Tenant:
    """Make `target`'s schema with all tables and the seeds every tenant starts with. Idempotent: makes it anew."""
    _make(target, list(copy_statements(BLANK, target.schema_name)))
    with transaction.atomic(), inside(target, owner=True):
        for path in settings.TENANT_SEEDS:
            import_string(path)()
    return target


def clone_schema(source: Tenant, target: Tenant) -> Tenant:
    """Make `target`'s schema from `source`'s tables and rows. Idempotent: what a killed attempt left is replaced.

    Raises NotCurrent where the source waits for `manage.py upgrade`.
    """
    if source.fingerprint != fingerprint():
        raise NotCurrent(f"{source.schema_name} waits for the upgrade.")
    _make(target, list(copy_statements(source.schema_name, target.schema_name)))
    copy_files(source, target)
    return target


def drop_schema(target: Tenant) -> None:
    """Remove `target`'s schema and role, if they exist, in one transaction; then its files."""
    with inside_management(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'DROP SCHEMA IF EXISTS "{checked_name(target.schema_name)}" CASCADE')
        target.devices.all().delete()  # dropped tables run no triggers
        wall.drop_role(target.db_role)
        target.db_role = target.fingerprint = ""
        target.save(update_fields=["db_role", "fingerprint"])
    drop_files(target.schema_name)


def copy_statements(source: str, target: str) -> Iterator[str]:
    """SQL that copies every table that is declared so; ids are kept, sequences set, references to users cut."""
    into, out = checked_name(target), checked_name(source)
    yield f"INSERT INTO {into}.django_migrations SELECT * FROM {out}.django_migrations"  # noqa: S608 - checked names
    yield set_sequence(into, "django_migrations", "id")
    yield from Copier(out, into, tenant_models()).statements()


def _make(target: Tenant, rows: list[str]) -> None:
    schema = checked_name(target.schema_name)
    role = wall.role_name(schema)
    statements = [
        f"SELECT pg_advisory_xact_lock_shared({MIGRATION_LOCK})",
        f"DROP SCHEMA IF EXISTS {schema} CASCADE",
        structure_script(schema).rstrip().rstrip(";"),
        "SET CONSTRAINTS ALL DEFERRED",
        *rows,
        *wall.role_statements(schema, role),
    ]
    with inside_management(), transaction.atomic(), connection.cursor() as cursor:
        if target.pk:
            target.devices.all().delete()  # of a killed attempt: dropped tables run no triggers
        # One simple query without parameters: one round trip for several hundred statements.
        cursor.execute(";\n".join(statements))
        target.db_role, target.fingerprint = role, fingerprint()
        target.save(update_fields=["db_role", "fingerprint"] if target.pk else None)


def checked_name(schema: str) -> str:
    """`schema` if it can be the name of a tenant's schema; it goes into SQL as it is. Raises ValueError."""
    if not _NAME.match(schema):
        raise ValueError(f"{schema!r} is not the name of a tenant's schema")
    return schema
