"""What a snapshot reads: a query for each table, and no secret (STYLE, no query per row)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from extensions.models import Extension, Mailbox
from extensions.snapshot.load import take_snapshot
from tenants.models import Tenant


@pytest.mark.feature("CTL-01")
def test_a_snapshot_reads_no_secret_and_needs_as_many_queries_for_many_as_for_one(inside_alpha: Tenant) -> None:
    take_snapshot(at=timezone.now())  # what is kept between requests is read once
    with CaptureQueriesContext(connection) as few:
        take_snapshot(at=timezone.now())
    people = Extension.objects.bulk_create(
        Extension(
            number=str(70_000 + n), directory_name=f"Person {n}", sip_username=f"sip{n}", created_at=timezone.now()
        )
        for n in range(30)
    )
    Mailbox.objects.bulk_create(Mailbox(extension=person, pin="271828") for person in people)

    with CaptureQueriesContext(connection) as many:
        taken = take_snapshot(at=timezone.now())

    assert len(many) == len(few)
    assert not [one for one in many if "sip_password" in one["sql"] or '"extensions_mailbox"."pin"' in one["sql"]]
    box = next(one for one in taken.mailboxes.values() if one.extension_id == people[0].pk)
    assert (box.number, box.name) == ("70000", "70000 Person 0")
