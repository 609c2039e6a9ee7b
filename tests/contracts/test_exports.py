"""Every list can be downloaded as CSV, with the columns that it shows (EXP-06)."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve

from portal.core.pages import ListPage
from portal.permissions import Face
from portal.sites.matrix import MAPS, Door, doors
from tenants.models import Tenant
from tests.contracts.test_query_counts import LOOKERS
from tests.isolation.addresses import objects_of
from tests.isolation.people import CAST, client_of

LISTS = {Face.MANAGEMENT: 9, Face.TENANT: 20}  # at least so many are looked at


def list_behind(door: Door, address: str) -> type[ListPage] | None:
    """The class of the list at `address`, or None where something else is."""
    found: Any = getattr(resolve(address, urlconf=MAPS[door.face]).func, "view_class", None)
    is_one = isinstance(found, type) and issubclass(found, ListPage) and "GET" in door.methods
    return found if is_one and "upload" not in door.name else None


def heading_of(client: Client, address: str, **asked: str) -> list[str]:
    answer = client.get(address, {"export": "csv", **asked})
    assert answer["Content-Type"].startswith("text/csv"), address
    return next(csv.reader(StringIO(b"".join(answer).decode("utf-8-sig"))))


@pytest.mark.feature("EXP-06")
@pytest.mark.parametrize("face", list(LOOKERS))
def test_every_list_is_exported_with_the_columns_that_it_shows(face: Face, db: None) -> None:
    name, schema = LOOKERS[face]
    looker = next(one for one in CAST if (one.name, one.home, one.at) == (name, schema, schema))
    objects, client = objects_of(Tenant.objects.get(schema_name=schema)), client_of(looker)

    looked_at = 0  # one's own pages are pages without a list, for somebody without an extension
    for door in (one for one in doors() if one.face is face):
        address = objects.address(door)
        page = list_behind(door, address)
        if page is None or address.startswith("/me/") or client.get(address).status_code != 200:
            continue
        first = next(iter(page.table.base_columns))
        assert len(heading_of(client, address)) > 1, address
        assert len(heading_of(client, address, columns=first)) == 1, address
        looked_at += 1
    assert looked_at >= LISTS[face]
