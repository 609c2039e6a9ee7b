"""Every statement runs where the connection says, however it is made and whatever failed before."""

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tenants.door import inside
from tenants.models import Tenant

WHERE = "SELECT current_schema(), current_user"


def ask(statement: str = WHERE, params: list[object] | None = None) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        found: tuple[object, ...] = cursor.fetchone()
    return found


@pytest.mark.feature("TEN-01")
def test_the_first_query_is_already_inside_and_brings_its_own_answer(alpha: Tenant, beta: Tenant) -> None:
    with inside(alpha):
        at_alpha = ask()
        again = ask(f"{WHERE}, %s", ["100%"])
        with inside(beta):
            at_beta = ask(f"{WHERE}, %s", ["100%"])
        back = ask()

    assert at_alpha == back == (alpha.schema_name, alpha.db_role)
    assert again == (*at_alpha, "100%")
    assert at_beta == (beta.schema_name, beta.db_role, "100%")
    assert ask()[0] == "public"


@pytest.mark.feature("TEN-01")
def test_a_cursor_follows_the_connection_to_another_tenant(alpha: Tenant, beta: Tenant) -> None:
    with connection.cursor() as cursor:
        for tenant in (alpha, beta, alpha):
            with inside(tenant):
                cursor.execute(WHERE)
                assert cursor.fetchone() == (tenant.schema_name, tenant.db_role)
                assert cursor.nextset() is None


@pytest.mark.feature("TEN-01")
def test_what_is_no_query_goes_there_first(alpha: Tenant) -> None:
    with inside(alpha), connection.cursor() as cursor:
        cursor.execute("WITH here AS (SELECT current_schema()) SELECT * FROM here")
        assert cursor.fetchone() == (alpha.schema_name,)
    with inside(alpha), connection.cursor() as cursor:
        cursor.executemany("SELECT set_config('test.where', current_schema() || %s, false)", [("",)])
    with (
        inside(alpha),
        connection.cursor() as cursor,
        cursor.copy("COPY (SELECT current_schema()) TO STDOUT") as copied,
    ):
        assert list(copied.rows()) == [(alpha.schema_name,)]

    assert ask("SELECT current_setting('test.where')") == (alpha.schema_name,)


@pytest.mark.feature("TEN-01")
def test_after_a_failed_first_query_the_next_one_is_inside_as_well(alpha: Tenant) -> None:
    with inside(alpha):
        with pytest.raises(ProgrammingError), transaction.atomic():
            ask("SELECT missing FROM nowhere")

        assert ask() == (alpha.schema_name, alpha.db_role)


@pytest.mark.feature("TEN-01")
def test_a_role_that_is_gone_refuses_instead_of_answering_from_elsewhere(alpha: Tenant) -> None:
    alpha.db_role = "portal_nobody"

    with inside(alpha), pytest.raises(DatabaseError), transaction.atomic():
        ask()


def test_the_way_is_no_query_of_the_page(alpha: Tenant) -> None:
    with CaptureQueriesContext(connection) as captured, inside(alpha):
        ask(f"{WHERE}, %s", ["%"])

    assert [query["sql"] for query in captured] == [f"{WHERE}, '%'"]
