"""What the start page tells of the telephone system (LNT-01, INTERFACE 6.4), to whom, and at what price."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from extensions.models import (
    AgentStatus,
    CallTest,
    CallTestState,
    Extension,
    Finding,
    OverrideMode,
    Phone,
    Presence,
    Schedule,
    Severity,
    StatusKind,
)
from extensions.services.schedules.edit import create_schedule
from extensions.services.schedules.overrides import override_schedule
from extensions.services.schedules.week import PRESETS, Preset
from extensions.services.settings import change_settings
from extensions.services.teams.edit import create_team
from extensions.settings.subjects import COMPANY
from portal.accounts.models import Role, SupportSession, User
from portal.sites.today import now, today
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import NOON, reads

Browser = Callable[[User | None, Tenant], Client]


@pytest.fixture
def office(inside_alpha: Tenant, owner: User) -> Schedule:
    """Always open, and the company's hours."""
    made = create_schedule(name="Office", time_zone=None, week=PRESETS[Preset.ALWAYS], by=owner)
    change_settings(subject=COMPANY, values={"hours.schedule": made}, by=owner)
    return made


def test_an_empty_telephone_system_shows_the_first_steps(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    with inside(alpha):
        Extension.objects.all().delete()

    page = browser_of(owner, alpha).get("/").content.decode()

    assert "First steps" in page
    assert "No extensions yet" in page
    assert "No schedule is in use" in page
    assert 'href="/teams/new/"' in page


def test_the_first_steps_go_when_all_are_taken(
    browser_of: Browser, alpha: Tenant, owner: User, office: Schedule
) -> None:
    create_team(name="Sales", number="600", by=owner)
    Phone.objects.create(mac="001122334455", model="generic", created_at=NOON)

    page = browser_of(owner, alpha).get("/").content.decode()

    assert "First steps" not in page


@pytest.mark.feature("LNT-01")
def test_findings_stand_there_by_severity_with_the_way_to_them(
    browser_of: Browser, alpha: Tenant, inside_alpha: Tenant, owner: User
) -> None:
    facts = {"name": "600 Sales", "text": "Odd.", "found_at": NOON}
    for place, severity in enumerate((Severity.ERROR, Severity.HINT, Severity.HINT)):
        Finding.objects.create(code="no_telephone", severity=severity, subject=str(place), **facts)

    page = browser_of(owner, alpha).get("/").content.decode()

    assert 'href="/check/?severity=error">1 finding<' in page
    assert 'href="/check/?severity=hint">2 findings<' in page
    assert "?severity=warning" not in page


def test_call_tests_that_fail_are_told(browser_of: Browser, alpha: Tenant, inside_alpha: Tenant, owner: User) -> None:
    CallTest.objects.create(name="Main", dialled="101", at=NOON, expected="x", state=CallTestState.FAILED)

    assert "1 call test fails" in browser_of(owner, alpha).get("/").content.decode()


def test_what_is_forced_by_hand_is_said_with_its_end_and_what_comes_next(
    browser_of: Browser, alpha: Tenant, owner: User, office: Schedule
) -> None:
    at = timezone.now()
    override_schedule(
        schedule=office, mode=OverrideMode.CLOSED, ends_at=at + timedelta(hours=2), reason="Fire drill", by=owner, at=at
    )

    page = browser_of(owner, alpha).get("/").content.decode()

    assert "Closed by hand: Fire drill" in page
    assert "Next: Office changes to “Open”" in page


def test_schedules_that_nobody_uses_are_left_out(inside_alpha: Tenant, owner: User, office: Schedule) -> None:
    create_schedule(name="Unused", time_zone=None, week=PRESETS[Preset.OFFICE], by=owner)

    assert [one.name for one in now(at=NOON).schedules] == ["Office"]


def test_people_are_counted_by_the_status_that_they_have_now(create: Callable[..., Extension], owner: User) -> None:
    status = {one.kind: one for one in AgentStatus.objects.all()}
    for number, kind, until in (
        ("201", StatusKind.AWAY, None),
        ("202", StatusKind.AWAY, NOON - timedelta(minutes=1)),
        ("203", StatusKind.DND, NOON + timedelta(hours=1)),
    ):
        Presence.objects.create(
            extension=create(number), status=status[kind], source="user", since=NOON - timedelta(hours=1), until=until
        )

    found = {one.kind: one.count for one in today(owner, at=NOON).people}

    assert (found[StatusKind.AWAY], found[StatusKind.DND], found[StatusKind.AVAILABLE]) == (1, 1, 2)


def test_the_newest_extensions_and_changes_are_few_and_in_order(create: Callable[..., Extension], owner: User) -> None:
    for number in range(201, 209):
        create(str(number))

    Extension.objects.filter(number="101").update(created_at=NOON - timedelta(days=9))

    found = today(owner, at=timezone.now())

    assert [one.number for one in found.latest] == ["208", "207", "206", "205", "204"]
    assert (found.used, found.limit) == (9, 50)
    assert len(found.changes) == 5


def test_changes_and_visits_are_for_those_who_may_read_them(
    browser_of: Browser, alpha: Tenant, inside_alpha: Tenant, owner: User, manager: User
) -> None:
    SupportSession.objects.create(
        nonce="n", user=owner, actor_schema="public", actor_id=1, actor_name="Oscar Lindt", actor_logon="oscar",
        reason="Headset trouble", started_at=NOON, ends_at=NOON,
    )  # fmt: skip

    seen = browser_of(owner, alpha).get("/").content.decode()
    hidden = browser_of(manager, alpha).get("/").content.decode()

    assert "Headset trouble" in seen
    assert "Changed today" in seen
    assert "Headset trouble" not in hidden
    assert "Changed today" not in hidden
    assert "People now" in hidden


def test_many_rows_need_no_more_queries(
    browser_of: Browser, alpha: Tenant, owner: User, office: Schedule, create: Callable[..., Extension]
) -> None:
    browser = browser_of(owner, alpha)

    def counted() -> int:
        browser.get("/")
        with CaptureQueriesContext(connection) as captured:
            browser.get("/")
        return reads(captured)

    few = counted()
    with inside(alpha):
        for number in range(201, 221):
            create(str(number))
            create_team(name=f"Team {number}", by=owner)
        for place in range(9):
            made = create_schedule(name=f"Hours {place}", time_zone=None, week=PRESETS[Preset.OFFICE], by=owner)
            extension = Extension.objects.get(number=str(201 + place))
            change_settings(subject=type(COMPANY)(extension=extension), values={"hours.schedule": made}, by=owner)

    assert counted() == few <= 8
    assert "and 4 more schedules" in browser.get("/").content.decode()


def test_somebody_who_sees_extensions_and_no_findings_sees_the_rest(
    browser_of: Browser, alpha: Tenant, agent: User
) -> None:
    with inside(alpha):
        role = Role.objects.create(code="night", name="Night desk", permissions=["own:use", "extension:read"])
        agent.roles.set([role])

    assert browser_of(agent, alpha).get("/").status_code == 200
