"""The second wall: under a tenant's role, a wrong path fails instead of answering (ARCHITECTURE decision 4)."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from portal.jobs.models import Outbox
from tenants.door import inside, inside_management
from tenants.models import Tenant
from tenants.services.wall import APPEND_ONLY, READ_ONLY, SHARED_GRANTS

VERBS = {
    "SELECT": "SELECT * FROM {table} LIMIT 1",
    "INSERT": "INSERT INTO {table} DEFAULT VALUES",
    "UPDATE": "UPDATE {table} SET {column} = {column}",
    "DELETE": "DELETE FROM {table}",
}


def attempt(statement: str) -> str:
    """The error of a statement run in a savepoint, or an empty text where the database let it through."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            cursor.fetchall() if cursor.description else None
    except DatabaseError as refusal:
        return str(refusal)
    return ""


def tables_of(schema: str) -> list[tuple[str, str]]:
    """(table, one of its columns) of every table in a schema."""
    with inside_management(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, min(column_name) FROM information_schema.columns "
            "JOIN pg_tables ON schemaname = table_schema AND tablename = table_name "
            "WHERE table_schema = %s GROUP BY 1",
            [schema],
        )
        return cursor.fetchall()


def test_a_tenants_role_reaches_no_table_of_another_tenant(alpha: Tenant, beta: Tenant) -> None:
    tables = tables_of(beta.schema_name)

    with inside(alpha):
        answers = {
            (table, verb): attempt(sql.format(table=f"{beta.schema_name}.{table}", column=column))
            for table, column in tables
            for verb, sql in VERBS.items()
        }

    assert len(answers) > 80
    assert {key for key, answer in answers.items() if "permission denied" not in answer} == set()


def test_a_tenants_role_has_on_public_tables_only_what_the_grant_list_names(alpha: Tenant) -> None:
    tables = tables_of("public")

    with inside(alpha):
        allowed = {
            (table, verb)
            for table, column in tables
            for verb, sql in VERBS.items()
            if "permission denied" not in attempt(sql.format(table=f"public.{table}", column=column))
        }

    named = {(table, verb.strip()) for table, grant in SHARED_GRANTS.items() for verb in grant.verbs.split(",")}
    assert allowed == named


def test_a_tenant_sees_only_its_own_rows_of_shared_tables(alpha: Tenant, beta: Tenant) -> None:
    with inside(alpha):
        seen = list(Tenant.objects.values_list("schema_name", flat=True))

    assert seen == ["t2"]


def test_work_cannot_be_recorded_for_another_tenant(inside_alpha: Tenant) -> None:
    row = "INSERT INTO public.jobs_outbox (task, kwargs, schema, queue, key, request_id, created_at, error, fence, "
    row += "leased_by, attempts, run_at) VALUES ('x', '{}', 't3', 'default', '', '', now(), '', 0, '', 0, now())"

    refusal = attempt(row)

    assert "row-level security" in refusal
    assert not Outbox.objects.filter(schema="t3").exists()


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_history_can_only_grow(inside_alpha: Tenant, table: str) -> None:
    assert "permission denied" in attempt(f"DELETE FROM {table}")
    assert "permission denied" in attempt(f"UPDATE {table} SET id = id")
    assert "permission denied" in attempt(f"TRUNCATE {table}")


@pytest.mark.parametrize("table", READ_ONLY)
def test_the_owners_own_tables_are_read_only(inside_alpha: Tenant, table: str) -> None:
    assert "permission denied" in attempt(f"DELETE FROM {table}")
    assert attempt(f"SELECT * FROM {table}") == ""


def test_without_the_wall_the_same_read_would_answer(alpha: Tenant, settings: object) -> None:
    settings.PORTAL_TENANT_WALL = False

    with inside(alpha):
        answer = attempt("SELECT * FROM t3.extensions_extension")

    assert answer == ""


def test_every_shared_grant_names_a_table_that_exists() -> None:
    known = {model._meta.db_table for model in apps.get_models()}

    assert set(SHARED_GRANTS) <= known
    assert not {label for label in settings.SHARED_APPS if label in settings.TENANT_APPS} & {"tenants", "customers"}


def test_the_role_follows_the_schema_through_savepoints(alpha: Tenant, beta: Tenant) -> None:
    def role_and_schema() -> tuple[str, str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, current_schema()")
            return cursor.fetchone()

    def break_off_inside_beta() -> None:
        with transaction.atomic(), inside(beta):
            seen.append(role_and_schema())
            raise ZeroDivisionError

    seen: list[tuple[str, str]] = []
    with inside(alpha):
        seen.append(role_and_schema())
        with pytest.raises(ZeroDivisionError):
            break_off_inside_beta()
        seen.append(role_and_schema())

    assert seen == [(alpha.db_role, "t2"), (beta.db_role, "t3"), (alpha.db_role, "t2")]
