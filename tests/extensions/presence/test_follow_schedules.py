"""Statuses that follow the schedule: when it acts, and when it leaves what somebody set by hand (PRS-04)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from extensions.models import (
    AgentStatus,
    Configuration,
    Extension,
    OverrideMode,
    Presence,
    PresenceChange,
    Schedule,
    ScheduleOverride,
    StatusKind,
    StatusSource,
    Team,
    WeekInterval,
)
from extensions.services.follow_schedules import follow_schedules
from extensions.services.presence import Wish, set_status
from extensions.services.settings import change_settings
from extensions.settings.subjects import COMPANY, Subject
from portal.accounts.models import User
from portal.sites.schedule import PERIODIC
from tenants.models import Tenant

FOLLOWS = "presence.follows_schedule"


def monday(clock: str) -> datetime:
    """A moment of Monday 23 November 2026; alpha's schedules are read in UTC here."""
    hour, minute = clock.split(":")
    return datetime(2026, 11, 23, int(hour), int(minute), tzinfo=UTC)


@pytest.fixture
def office(inside_alpha: Tenant) -> Schedule:
    """Monday 9 to 17 with a break from 12 to 13."""
    schedule = Schedule.objects.create(name="Office", time_zone="UTC")
    WeekInterval.objects.create(schedule=schedule, kind="open", weekday=0, starts=540, ends=1020)
    WeekInterval.objects.create(schedule=schedule, kind="break", weekday=0, starts=720, ends=780)
    return schedule


@pytest.fixture
def desk(create: Callable[..., Extension], office: Schedule, owner: User) -> Extension:
    """An extension that follows the office hours."""
    desk = create("102")
    values = {FOLLOWS: True, "hours.schedule": office, "hours.breaks": office}
    change_settings(subject=Subject(extension=desk), values=values, by=owner)
    return desk


def kinds(desk: Extension, *clocks: str) -> list[str]:
    """The status after the schedule was followed at each moment."""
    found = []
    for clock in clocks:
        follow_schedules(at=monday(clock))
        row = Presence.objects.select_related("status").filter(extension=desk).first()
        found.append(row.status.kind if row else "none")
    return found


def by_hand(desk: Extension, kind: StatusKind, by: User, clock: str, until: str = "") -> None:
    wish = Wish(kind, until=monday(until) if until else None)
    set_status(extension=desk, wish=wish, source=StatusSource.USER, by=by, at=monday(clock))


@pytest.mark.feature("PRS-04")
def test_the_status_follows_open_break_and_closed(desk: Extension) -> None:
    found = kinds(desk, "08:00", "09:00", "11:59", "12:00", "13:00", "17:00")

    assert found == ["logged_out", "available", "available", "away", "available", "logged_out"]


@pytest.mark.feature("PRS-03", "PRS-04")
def test_each_change_by_the_schedule_is_in_the_history_and_says_until_when(desk: Extension) -> None:
    kinds(desk, "11:00", "11:01", "12:00", "12:01")

    rows = PresenceChange.objects.filter(extension=desk).values_list("before", "after", "source", "by_name", "until")
    assert list(rows) == [("Available", "Away", "schedule", "", monday("13:00"))]
    assert Presence.objects.get(extension=desk).until == monday("13:00")


@pytest.mark.feature("PRS-04")
def test_only_extensions_for_which_it_is_switched_on_follow(desk: Extension) -> None:
    kinds(desk, "12:00")

    assert list(Presence.objects.values_list("extension", flat=True)) == [desk.pk]


@pytest.mark.feature("PRS-04")
def test_what_was_set_by_hand_stays_until_the_schedule_changes_next(desk: Extension, agent: User) -> None:
    kinds(desk, "10:00")
    by_hand(desk, StatusKind.BUSY, agent, "10:30")

    assert kinds(desk, "10:31", "11:59", "12:00") == ["busy", "busy", "away"]


@pytest.mark.feature("PRS-04")
def test_what_was_set_with_an_end_stays_until_then(desk: Extension, agent: User) -> None:
    by_hand(desk, StatusKind.DND, agent, "11:00", until="12:30")

    assert kinds(desk, "12:00", "12:29", "12:30", "13:00") == ["dnd", "dnd", "away", "available"]


@pytest.mark.feature("PRS-03")
def test_without_a_schedule_a_status_that_is_over_becomes_available(
    create: Callable[..., Extension], agent: User
) -> None:
    desk = create("102")
    by_hand(desk, StatusKind.AWAY, agent, "11:00", until="12:00")

    assert kinds(desk, "11:59", "12:05") == ["away", "available"]
    last = PresenceChange.objects.filter(extension=desk).latest("pk")
    assert (last.before, last.after, last.at) == ("Away", "Available", monday("12:00"))
    assert last.note == "The time for “Away” was over"


@pytest.mark.feature("PRS-04")
def test_opening_by_hand_changes_the_status_and_ends_with_the_override(desk: Extension, office: Schedule) -> None:
    span = {"starts_at": monday("18:00"), "ends_at": monday("19:00")}
    ScheduleOverride.objects.create(schedule=office, mode=OverrideMode.OPEN, **span)

    assert kinds(desk, "17:30", "18:00", "19:00") == ["logged_out", "available", "logged_out"]


@pytest.mark.feature("PRS-04")
def test_which_status_each_state_brings_is_inherited_from_team_and_company(desk: Extension, owner: User) -> None:
    team = Team.objects.create(name="Sales")
    Extension.objects.filter(pk=desk.pk).update(home_team=team)
    change_settings(subject=COMPANY, values={"presence.when_closed": "dnd"}, by=owner)
    change_settings(subject=Subject(team=team), values={"presence.when_break": "busy"}, by=owner)

    assert kinds(desk, "12:00", "17:00") == ["busy", "dnd"]


@pytest.mark.feature("PRS-04")
def test_a_status_that_is_not_in_use_becomes_available(desk: Extension) -> None:
    AgentStatus.objects.filter(kind="away").update(enabled=False)

    assert kinds(desk, "08:00", "12:00") == ["logged_out", "available"]


@pytest.mark.feature("PRS-04")
def test_suspended_extensions_are_left_alone(desk: Extension) -> None:
    Extension.objects.filter(pk=desk.pk).update(state="suspended")

    assert kinds(desk, "12:00") == ["none"]


def selects(captured: CaptureQueriesContext) -> int:
    """How many reads there were; bookkeeping of transactions and schemas is none."""
    return sum(query["sql"].startswith("SELECT") for query in captured)


@pytest.mark.feature("PRS-04")
def test_nothing_to_follow_costs_one_query(inside_alpha: Tenant) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert follow_schedules(at=monday("12:00")) == 0

    assert selects(captured) == 1


@pytest.mark.feature("PRS-04")
def test_many_followers_cost_as_many_queries_as_one(
    desk: Extension, office: Schedule, owner: User, create: Callable[..., Extension]
) -> None:
    with CaptureQueriesContext(connection) as one:
        follow_schedules(at=monday("12:00"))
    for number in range(200, 230):
        create(str(number))
    change_settings(subject=COMPANY, values={FOLLOWS: True, "hours.schedule": office}, by=owner)
    version = Configuration.objects.get().version

    with CaptureQueriesContext(connection) as many:
        assert follow_schedules(at=monday("17:00")) == 32

    assert len(many) == len(one)
    assert PresenceChange.objects.filter(source="schedule", at=monday("17:00")).count() == 32
    assert Configuration.objects.get().version == version + 1
    assert follow_schedules(at=monday("17:01")) == 0


@pytest.mark.feature("PRS-04")
def test_every_tenant_is_looked_at_every_minute() -> None:
    [entry] = [one for one in PERIODIC if one.task == "extensions.follow_schedules"]

    assert (entry.every, entry.scope) == (timedelta(minutes=1), "tenants")
