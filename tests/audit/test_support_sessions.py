"""What somebody from another host does is recorded with both names, from door to door (POR-03, AUD-10)."""

from collections.abc import Callable

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.audit.models import LogEntry
from tenants.door import inside
from tenants.models import Tenant
from tests.accounts.crossing import arrive, go, origin_of

Browser = Callable[[User | None, Tenant], Client]


@pytest.mark.feature("POR-03")
@pytest.mark.feature("AUD-10")
def test_a_visit_is_recorded_with_the_real_person_in_every_row(
    browser_of: Browser, oscar: User, management: Tenant, alpha: Tenant
) -> None:
    office = browser_of(oscar, management)
    guest = arrive(go(office, alpha)[1], origin=origin_of(office))
    guest.post("/users/new/", {"display_name": "New One", "email": "new@alpha.example", "role": "end_user"})
    guest.post("/handoff/leave/")

    with inside(alpha):
        made = LogEntry.objects.get(table="User", verb="post", object_repr="New One")
        rows = list(LogEntry.objects.filter(acting_ref=f"public:{oscar.pk}").order_by("pk"))
        events = [(row.table, row.message) for row in rows]
    assert (made.acting_name, made.acting_ref) == (str(oscar), f"public:{oscar.pk}")
    assert ("Support session", "Opened") in events
    assert ("Sign-in", "Signed in") in events
    assert ("Support session", "Ended") in events
    assert {row.acting_name for row in rows} == {str(oscar)}
