"""Bringing every schema to this code's migration state (JOB-03).

Schemas are skipped by the fingerprint stored on the tenant's row. Each of the others is migrated in one transaction
together with its new fingerprint, so that a killed run goes on where it stopped, and tenants already done are served.
"""

from collections.abc import Callable

from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from portal.jobs.checkpoints import checkpoint
from tenants.door import inside, inside_management
from tenants.models import Tenant, TenantKind
from tenants.services import wall
from tenants.services.fingerprint import fingerprint
from tenants.services.installation import seed_new_schema
from tenants.services.structure import MIGRATION_LOCK, ensure_blank, migrate_schema


class UpgradeStopped(Exception):
    """One schema could not be migrated. Those before it are done and served; the next run begins with this one."""


def upgrade(say: Callable[[str], None]) -> int:
    """Migrate the shared tables, then every stale schema; returns how many were migrated. Raises UpgradeStopped
    at the first failure.

    `say` is told each step in a sentence.
    """
    with inside_management(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        try:
            if not _shared_is_current():
                say("Shared tables: migrating.")
                call_command("migrate_schemas", shared=True, interactive=False, verbosity=0)
            wall.protect_shared_tables()
            ensure_blank()
            done = _upgrade_tenants(say)
            Tenant.objects.filter(kind=TenantKind.MANAGEMENT).update(fingerprint=fingerprint())
            return done
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])


def _shared_is_current() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.tenants_schemascript')")
        if cursor.fetchone()[0] is None:
            return False
    return Tenant.objects.filter(kind=TenantKind.MANAGEMENT, fingerprint=fingerprint()).exists()


def _upgrade_tenants(say: Callable[[str], None]) -> int:
    stale = list(Tenant.objects.with_schema().exclude(fingerprint=fingerprint()).order_by("pk"))
    for position, tenant in enumerate(stale, 1):
        try:
            _upgrade_tenant(tenant)
        except DatabaseError as fault:
            raise UpgradeStopped(f"{tenant.schema_name} ({tenant.name}): {fault}") from fault
        say(f"{tenant.schema_name}: done ({position} of {len(stale)}).")
    return len(stale)


@transaction.atomic
def _upgrade_tenant(tenant: Tenant) -> None:
    migrate_schema(tenant.schema_name)
    with inside(tenant, owner=True):
        seed_new_schema()  # what this version brings and older ones did not have
    if tenant.db_role:
        with connection.cursor() as cursor:
            cursor.execute(";\n".join(wall.grant_statements(tenant.schema_name, tenant.db_role)))
    Tenant.objects.filter(pk=tenant.pk).update(fingerprint=fingerprint())  # audit: bookkeeping of the upgrade itself
    checkpoint(f"upgrade.{tenant.schema_name}.before_commit")
