"""The log can only grow (AUD-08)."""

import pytest
from django.db import DatabaseError, connection, transaction

from portal.audit.models import LogEntry, Verb
from portal.audit.services import record
from tenants.door import inside
from tenants.models import Tenant

STATEMENTS = (
    "UPDATE audit_logentry SET message = 'forged'",
    "DELETE FROM audit_logentry",
    "TRUNCATE audit_logentry",
)


def _write_one() -> LogEntry:
    return record(verb=Verb.GET, table="Export", message="Downloaded", data={"file": "people.csv"})


@pytest.mark.feature("AUD-08")
@pytest.mark.parametrize("statement", STATEMENTS)
@pytest.mark.parametrize("as_owner", [True, False])
def test_the_database_refuses_to_change_the_log_of_a_tenant(alpha: Tenant, statement: str, as_owner: bool) -> None:
    with inside(alpha, owner=as_owner):
        _write_one()

        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

        assert LogEntry.objects.filter(message="Downloaded").count() == 1


@pytest.mark.feature("AUD-08")
@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_refuses_to_change_the_log_of_the_management_instance(management: Tenant, statement: str) -> None:
    _write_one()

    with pytest.raises(DatabaseError, match="can only grow"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.feature("AUD-08")
def test_a_tenant_may_read_and_add_rows_but_not_reach_another_log(inside_alpha: Tenant) -> None:
    _write_one()

    assert LogEntry.objects.filter(message="Downloaded").exists()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM t3.audit_logentry")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM public.audit_logentry")
