"""The call-flow page reads what one call needs, and says the same as from a whole snapshot (CTL-01)."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from extensions.callflow.callers import caller_of
from extensions.callflow.path import call_path
from extensions.callflow.statuses import with_everybody_available
from extensions.models import (
    AgentStatus,
    Destination,
    DestinationKind,
    Extension,
    Level,
    Mailbox,
    Presence,
    SettingValue,
    SpeedDial,
    StatusKind,
    Team,
    TeamMember,
)
from extensions.snapshot.load import take_snapshot
from extensions.snapshot.one_call import snapshot_for_call
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import reads

Browser = Callable[[User | None, Tenant], Client]
NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


@pytest.fixture
def company(inside_alpha: Tenant, colleague: Extension) -> Extension:
    """102 forwards to a team of 101 and 103, which nobody answers: then a shared box takes the call."""
    third = Extension.objects.create(number="103", directory_name="Bo", sip_username="bo", created_at=NOON)
    box = Mailbox.objects.create(number="700", name="Front desk", pin="271828")
    end = Destination.objects.create(kind=DestinationKind.MAILBOX, mailbox=box)
    team = Team.objects.create(name="Sales", number="600", no_answer=end)
    for position, extension in enumerate((Extension.objects.get(number="101"), third)):
        TeamMember.objects.create(team=team, extension=extension, position=position)
    always = f"forward.{StatusKind.AVAILABLE}.external.always"
    SettingValue.objects.create(level=Level.EXTENSION, extension=colleague, key=always, value=True)
    SettingValue.objects.create(
        level=Level.EXTENSION, extension=colleague, key=f"{always}.to",
        destination=Destination.objects.create(kind=DestinationKind.TEAM, team=team),
    )  # fmt: skip
    Presence.objects.create(
        extension=third, status=AgentStatus.objects.get(kind=StatusKind.AWAY), source="user", since=NOON
    )
    SpeedDial.objects.create(extension=None, code="*1", label="Harbour", number="+494012345")
    return colleague


@pytest.mark.feature("CTL-01")
@pytest.mark.parametrize("available", [False, True])
@pytest.mark.parametrize("caller", ["", "+4930123456", "101"])
@pytest.mark.parametrize("dialled", ["101", "102", "600", "700", "999", "*1", "+6591234567", "112"])
def test_both_ways_to_read_say_the_same(company: Extension, caller: str, dialled: str, available: bool) -> None:
    whole, narrow = take_snapshot(at=NOON), snapshot_for_call(at=NOON, everybody_available=available)
    if available:
        whole = with_everybody_available(whole)

    said = [call_path(one, caller_of(one, caller), dialled, NOON) for one in (whole, narrow)]

    assert said[0] == said[1]


@pytest.mark.feature("CTL-01")
def test_the_page_asks_as_often_for_a_large_company_and_reads_nobody_who_is_not_called(
    browser_of: Browser, alpha: Tenant, owner: User, company: Extension
) -> None:
    browser = browser_of(owner, alpha)
    question = {"caller": "+4930123456", "dialled": "102", "at": "2026-11-26T12:00"}
    browser.get("/call-flow/", question)
    with CaptureQueriesContext(connection) as few:
        browser.get("/call-flow/", question)
    with inside(alpha):
        made = Extension.objects.bulk_create(
            Extension(number=str(70_000 + n), directory_name=f"Nobody {n}", sip_username=f"s{n}", created_at=NOON)
            for n in range(30)
        )
        Mailbox.objects.bulk_create(Mailbox(extension=one, pin="271828") for one in made)

    with CaptureQueriesContext(connection) as many:
        page = browser.get("/call-flow/", question).content.decode()

    assert "Front desk" in page
    assert reads(few) == reads(many)
    everybody = [one["sql"] for one in many if 'FROM "extensions_extension"' in one["sql"]]
    assert everybody
    assert all("WHERE" in one for one in everybody)
