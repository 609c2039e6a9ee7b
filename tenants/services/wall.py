"""The second wall: one PostgreSQL role per tenant, taken beside `search_path` (ARCHITECTURE decision 4).

The role has its own schema, and on shared tables only what `SHARED_GRANTS` names, row by row. It has nothing at all on
the public twins of tables that exist in every schema.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django_tenants.utils import quote_schema_name as quote

GROUP = "tenants"
OWN_ROW = "db_role = current_user"
OWN_TENANT = "(SELECT id FROM public.tenants_tenant WHERE db_role = current_user)"
OWN_SCHEMA = "(SELECT schema_name FROM public.tenants_tenant WHERE db_role = current_user)"


@dataclass(frozen=True, slots=True)
class SharedGrant:
    """What a tenant's role may do on one shared table, and with which of its rows."""

    verbs: str
    rows: str


SHARED_GRANTS = {
    "tenants_tenant": SharedGrant("SELECT", OWN_ROW),
    "tenants_domain": SharedGrant("SELECT", f"tenant_id = {OWN_TENANT}"),
    "tenants_deviceregistration": SharedGrant("SELECT, INSERT, UPDATE, DELETE", f"tenant_id = {OWN_TENANT}"),
    "tenants_appliedversion": SharedGrant("SELECT", f"tenant_id = {OWN_TENANT}"),
    "tenants_sku": SharedGrant("SELECT", "true"),
    "tenants_price": SharedGrant("SELECT", "true"),
    "tenants_registerednumber": SharedGrant("SELECT", f"instance_id = {OWN_TENANT}"),
    "jobs_outbox": SharedGrant("SELECT, INSERT", f"schema = {OWN_SCHEMA}"),
    "jobs_job": SharedGrant("SELECT, INSERT", f"schema = {OWN_SCHEMA}"),
    "jobs_step": SharedGrant("SELECT, INSERT", "job_id IN (SELECT id FROM public.jobs_job)"),
    "jobs_mailtext": SharedGrant("SELECT", "true"),
    "jobs_mail": SharedGrant("SELECT, INSERT", f"schema = {OWN_SCHEMA}"),
}
# Inside the tenant's own schema: history can only grow, and the migration journal is the owner's.
APPEND_ONLY = ("audit_logentry", "licensing_ledgerentry")
# What a tenant has bought is written by the management side alone (PLT-12); what it uses is counted by triggers.
READ_ONLY = ("django_migrations", "django_content_type", "licensing_pool")
COUNTED_TABLE, COUNTED_COLUMN = "licensing_pool", "used"


def role_name(schema: str) -> str:
    """The role of a schema. Roles belong to the whole server, so the database's name is part of it."""
    return f"{connection.settings_dict['NAME']}_{schema}"[:63]


def protect_shared_tables() -> None:
    """Row-level security and grants on every shared table that tenants may touch. Safe to run again.

    Grants go to one group that all tenants' roles belong to: granted to each role, the tables' access lists would grow
    with every tenant, and two tenants made at once would trip over each other.
    """
    group = group_role() or role_name(GROUP)
    statements = [_create_role(group)]
    for table, grant in SHARED_GRANTS.items():
        statements += [
            f"GRANT {grant.verbs} ON public.{table} TO {quote(group)}",
            f"ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY",
            f"DROP POLICY IF EXISTS own_rows ON public.{table}",
            f"CREATE POLICY own_rows ON public.{table} USING ({grant.rows}) WITH CHECK ({grant.rows})",
        ]
    _run(statements)


def group_role() -> str:
    """The group that holds the shared grants in this database, as the database itself tells; empty before the first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname FROM pg_class, aclexplode(relacl) JOIN pg_roles ON pg_roles.oid = grantee "
            "WHERE pg_class.oid = 'public.tenants_tenant'::regclass AND rolname LIKE %s LIMIT 1",
            [f"%\\_{GROUP}"],
        )
        found = cursor.fetchone()
    return found[0] if found else ""


def role_statements(schema: str, role: str) -> list[str]:
    """SQL that makes the role and gives it its schema. The role may exist: it belongs to the server."""
    name, own = quote(role), quote(schema)
    return [
        _create_role(role),
        f"GRANT {name} TO CURRENT_USER WITH INHERIT FALSE, SET TRUE",
        f"GRANT {quote(group_role())} TO {name} WITH INHERIT TRUE, SET FALSE",
        *grant_statements(schema, role),
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA {own} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {name}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA {own} GRANT USAGE, SELECT ON SEQUENCES TO {name}",
    ]


def grant_statements(schema: str, role: str) -> list[str]:
    """SQL that gives a role what it may do in its own schema. Safe to run again."""
    name, own = quote(role), quote(schema)
    return [
        f"GRANT USAGE ON SCHEMA {own} TO {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {own} TO {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {own} TO {name}",
        *(f"REVOKE UPDATE, DELETE, TRUNCATE ON {own}.{table} FROM {name}" for table in APPEND_ONLY),
        *(f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {own}.{table} FROM {name}" for table in READ_ONLY),
        f"GRANT UPDATE ({COUNTED_COLUMN}) ON {own}.{COUNTED_TABLE} TO {name}",
    ]


def drop_role(role: str) -> None:
    """Take the role away again, with everything it was given in this database."""
    if not role:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            return
        # DROP OWNED needs the role's own privileges; the owner takes them for this one statement.
        cursor.execute(f"GRANT {quote(role)} TO CURRENT_USER WITH INHERIT TRUE, SET TRUE")
        cursor.execute(f"DROP OWNED BY {quote(role)} CASCADE")
        # A copy of this database on the same server may still need the role; then it stays, with nothing here.
        cursor.execute(
            f"DO $do$ BEGIN DROP ROLE {quote(role)}; EXCEPTION WHEN dependent_objects_still_exist THEN NULL; END $do$"
        )


def is_up() -> bool:
    """Whether tenants' requests run under their own role."""
    return bool(settings.PORTAL_TENANT_WALL)


def _create_role(role: str) -> str:
    return f"DO $do$ BEGIN CREATE ROLE {quote(role)} NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $do$"


def _run(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(";\n".join(statements))
