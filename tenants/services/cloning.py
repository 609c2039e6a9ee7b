"""A template's schema becomes a tenant's: structure from a prepared script, rows by set-based copies."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.db import connection, models, transaction
from django.utils.module_loading import import_string

from portal.core.cloning import Clone, clone_of, tenant_models
from portal.core.crypto import EncryptedTextField
from portal.core.errors import DomainError
from tenants.door import inside, inside_management
from tenants.models import Tenant
from tenants.services import wall
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
    copy_files(source.schema_name, target.schema_name)
    return target


def drop_schema(target: Tenant) -> None:
    """Remove `target`'s schema and role, if they exist, in one transaction."""
    with inside_management(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'DROP SCHEMA IF EXISTS "{_checked(target.schema_name)}" CASCADE')
        wall.drop_role(target.db_role)
        target.db_role = target.fingerprint = ""
        target.save(update_fields=["db_role", "fingerprint"])
    drop_files(target.schema_name)


def copy_statements(source: str, target: str) -> Iterator[str]:
    """SQL that copies every table that is declared so; ids are kept, sequences set, references to users cut."""
    into, out = _checked(target), _checked(source)
    yield f"INSERT INTO {into}.django_migrations SELECT * FROM {out}.django_migrations"  # noqa: S608 - checked names
    yield _set_sequence(into, "django_migrations", "id")
    for model in tenant_models():
        if clone_of(model) not in (Clone.ROWS, Clone.REGENERATE):
            continue
        table = model._meta.db_table  # noqa: SLF001 - Django's public name for the options
        columns = [str(field.column) for field in model._meta.local_concrete_fields]  # noqa: SLF001
        values = [_copied(field) for field in model._meta.local_concrete_fields]  # noqa: SLF001
        yield (
            f"INSERT INTO {into}.{table} ({', '.join(map(_quote, columns))}) "  # noqa: S608 - names of our own models
            f"SELECT {', '.join(values)} FROM {out}.{table} WHERE {_kept(model, out)}"
        )
        key = model._meta.pk  # noqa: SLF001
        if isinstance(key, models.AutoField):
            yield _set_sequence(into, table, str(key.column))


def _make(target: Tenant, rows: list[str]) -> None:
    schema = _checked(target.schema_name)
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
        # One simple query without parameters: one round trip for several hundred statements.
        cursor.execute(";\n".join(statements))
        target.db_role, target.fingerprint = role, fingerprint()
        target.save(update_fields=["db_role", "fingerprint"] if target.pk else None)


def _copied(field: models.Field) -> str:
    """How one column travels: references to what is not copied become null, encrypted text becomes empty."""
    related = field.related_model
    if related is not None and related._meta.label == settings.AUTH_USER_MODEL:  # noqa: SLF001
        return "NULL"
    if isinstance(related, type) and clone_of(related) is Clone.EMPTY:
        return "NULL"
    if isinstance(field, EncryptedTextField):
        return "''"
    return _quote(str(field.column))


def _kept(model: type[models.Model], schema: str) -> str:
    """Which rows travel: all, or those that the model's `clone_where` names (`{schema}` is the source)."""
    return str(getattr(model, "clone_where", "true")).format(schema=schema)


def _set_sequence(schema: str, table: str, column: str) -> str:
    serial = f"pg_get_serial_sequence('{schema}.{table}', '{column}')"
    return f"SELECT setval({serial}, coalesce(max({_quote(column)}), 0) + 1, false) FROM {schema}.{table}"  # noqa: S608


def _quote(name: str) -> str:
    return f'"{name}"'


def _checked(schema: str) -> str:
    if not _NAME.match(schema):
        raise ValueError(f"{schema!r} is not the name of a tenant's schema")
    return schema
