"""How many queries each page needs is recorded; a page that needs another number says so here.

`UPDATE_QUERY_COUNTS=1 bin/test -n0 tests/contracts/test_query_counts.py` records anew; the difference is what a
reviewer looks at.
"""

import json
import os
from functools import cache
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.permissions import Face
from portal.sites.matrix import doors
from tenants.models import Tenant
from tests.isolation.addresses import objects_of
from tests.isolation.people import CAST, client_of

RECORDED = Path(__file__).with_name("query_counts.json")
LOOKERS = {Face.MANAGEMENT: ("olivia", "public"), Face.TENANT: ("owner", "t2")}
MOST_ON_A_TENANT_HOST = 8
# A page of the sign-in library, which asks for every second factor twice.
LIBRARY = {"account_reauthenticate"}
# Going to a schema and back, and bookkeeping of transactions, are no queries.
SILENT = ("SET ", "RESET ", "SAVEPOINT ", "RELEASE ", "ROLLBACK ")


def queries(client: Client, address: str) -> int | None:
    """How many a second look at the page needs; None where there is no page to look at."""
    point = transaction.savepoint()
    first = client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    connection.set_schema_to_public()
    transaction.savepoint_rollback(point)
    if first.status_code != 200 or answer.status_code != 200:
        return None
    return sum(not query["sql"].startswith(SILENT) for query in captured)


@pytest.fixture
def counted(db: None) -> dict[str, dict[str, int]]:
    return counts()


@cache
def counts() -> dict[str, dict[str, int]]:
    """By face and page; every page is opened twice for it, so it is counted once."""
    found: dict[str, dict[str, int]] = {}
    for face, (name, schema) in LOOKERS.items():
        looker = next(one for one in CAST if (one.name, one.home, one.at) == (name, schema, schema))
        objects = objects_of(Tenant.objects.get(schema_name=schema))
        client = client_of(looker)
        pages = [door for door in doors() if door.face is face and "GET" in door.methods and "logout" not in door.name]
        needed = {door.name: queries(client, objects.address(door)) for door in pages}
        found[face.value] = {door: number for door, number in sorted(needed.items()) if number is not None}
    return found


def test_each_page_needs_as_many_queries_as_recorded(counted: dict[str, dict[str, int]]) -> None:
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        RECORDED.write_text(json.dumps(counted, indent=1) + "\n")

    recorded = json.loads(RECORDED.read_text())
    differing = {
        f"{face} {name}": f"{recorded.get(face, {}).get(name)} → {counted.get(face, {}).get(name)}"
        for face in recorded.keys() | counted.keys()
        for name in recorded.get(face, {}).keys() | counted.get(face, {}).keys()
        if recorded.get(face, {}).get(name) != counted.get(face, {}).get(name)
    }
    assert differing == {}


def test_a_page_of_a_tenant_needs_at_most_eight(counted: dict[str, dict[str, int]]) -> None:
    heavy = {name: number for name, number in counted["tenant"].items() if number > MOST_ON_A_TENANT_HOST}

    assert heavy.keys() - LIBRARY == set()
