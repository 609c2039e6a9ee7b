"""Open, closed or special for a while: what it does to the schedule, when it ends, and who may."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from extensions.callflow.hours import HoursState, hours_at
from extensions.models import Configuration, DestinationKind, Level, OverrideMode, Schedule, SettingValue, Team
from extensions.schedule_selectors import facts_of, overrides_now, schedules
from extensions.services.destinations import Target
from extensions.services.schedules.overrides import WrongEnd, end_override, end_overrides, override_schedule
from extensions.snapshot.load import take_snapshot
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.schedules.test_schedule_pages import address

TEN = datetime(2026, 11, 20, 10, tzinfo=UTC)  # a Friday
HOUR = timedelta(hours=1)


def state(office: Schedule, moment: datetime) -> HoursState:
    return hours_at(take_snapshot(at=moment).schedules[office.pk], moment).state


@pytest.mark.feature("SCH-09")
@pytest.mark.parametrize(("mode", "expected"), [(one, f"override_{one.value}") for one in OverrideMode])
def test_it_counts_at_once_and_ends_by_itself(office: Schedule, owner: User, mode: OverrideMode, expected: str) -> None:
    before = Configuration.objects.get().version

    override_schedule(schedule=office, mode=mode, ends_at=TEN + HOUR, by=owner, at=TEN)

    assert state(office, TEN) == expected
    assert state(office, TEN + HOUR) == HoursState.OPEN
    assert Configuration.objects.get().version == before + 1


@pytest.mark.feature("SCH-09")
def test_a_feature_code_may_set_it_without_a_person_and_say_where_calls_go(office: Schedule) -> None:
    target = Target(DestinationKind.HANGUP)

    override_schedule(schedule=office, mode=OverrideMode.CLOSED, ends_at=TEN + HOUR, by=None, at=TEN, target=target)

    found = hours_at(take_snapshot(at=TEN).schedules[office.pk], TEN)
    assert found.destination is not None
    assert found.destination.kind == DestinationKind.HANGUP


@pytest.mark.feature("SCH-09")
def test_a_new_one_takes_the_place_of_the_one_in_force(office: Schedule, owner: User) -> None:
    long = override_schedule(schedule=office, mode=OverrideMode.OPEN, ends_at=TEN + 9 * HOUR, by=owner, at=TEN)

    override_schedule(schedule=office, mode=OverrideMode.CLOSED, ends_at=TEN + 2 * HOUR, by=owner, at=TEN + HOUR)

    long.refresh_from_db()
    assert long.ends_at == TEN + HOUR
    assert state(office, TEN + HOUR) == HoursState.OVERRIDE_CLOSED
    assert state(office, TEN + 8 * HOUR) == HoursState.CLOSED
    assert [one.mode for one in overrides_now(at=TEN + HOUR)] == ["closed"]


@pytest.mark.feature("SCH-09")
def test_ending_it_goes_back_to_the_hours_and_takes_back_what_has_not_begun(office: Schedule, owner: User) -> None:
    now = override_schedule(schedule=office, mode=OverrideMode.CLOSED, ends_at=TEN + HOUR, by=owner, at=TEN)
    later = override_schedule(
        schedule=office, mode=OverrideMode.OPEN, starts_at=TEN + 2 * HOUR, ends_at=TEN + 3 * HOUR, by=owner, at=TEN
    )

    end_override(override=now, by=owner, at=TEN + timedelta(minutes=5))
    end_override(override=later, by=owner, at=TEN + timedelta(minutes=5))

    assert state(office, TEN + timedelta(minutes=5)) == HoursState.OPEN
    assert list(office.overrides.values_list("pk", flat=True)) == [now.pk]
    assert end_overrides(schedule=office, by=owner, at=TEN + HOUR) == 0


@pytest.mark.feature("SCH-09")
@pytest.mark.parametrize(
    ("ends", "words"),
    [
        (timedelta(0), "Choose a time that is still to come."),
        (-HOUR, "Choose a time that is still to come."),
        (timedelta(days=367), "At most one year. Change the hours instead."),
    ],
)
def test_an_end_in_the_past_or_over_a_year_away_is_refused(
    office: Schedule, owner: User, ends: timedelta, words: str
) -> None:
    with pytest.raises(WrongEnd, match=words) as refused:
        override_schedule(schedule=office, mode=OverrideMode.OPEN, ends_at=TEN + ends, by=owner, at=TEN)

    assert refused.value.field == "ends_at"
    assert not office.overrides.exists()


@pytest.mark.feature("SCH-09")
def test_the_page_reads_the_end_in_the_zone_of_the_schedule(
    owner_browser: Client, alpha: Tenant, office: Schedule
) -> None:
    Schedule.objects.filter(pk=office.pk).update(time_zone=ZoneInfo("Asia/Tokyo"))
    Team.objects.create(name="Sales")
    facts = {"mode": "special", "ends_at": "2026-11-21T01:30", "reason": "Works outing", "target_0": "team"}

    with time_machine.travel(TEN, tick=False):
        answer = owner_browser.post(address("schedule_override", office.pk), {**facts, "target_1": "Sales"})
        page = owner_browser.get(address("schedule", office.pk)).content.decode()

    with inside(alpha):
        made = office.overrides.get()
        assert answer["Location"] == address("schedule", office.pk)
        assert (made.ends_at, made.reason) == (datetime(2026, 11, 20, 16, 30, tzinfo=UTC), "Works outing")
        assert str(made.destination) == "Team: Sales"
    assert "Special by hand" in page
    assert "Works outing" in page
    assert "Calls go to: Team: Sales" in page


@pytest.mark.feature("SCH-09", "SCH-04")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_at": "2026-11-20T11:00"}, "ends_at"),
        ({"ends_at": "tomorrow"}, "ends_at"),
        ({"mode": "half"}, "mode"),
        ({"target_0": "conference", "target_1": "800"}, "target"),
        ({"target_0": "team", "target_1": "Nobody"}, "target"),
        ({"ends_at": "2027-03-28T02:30"}, "ends_at"),
    ],
)
def test_the_page_refuses_beside_the_field(
    owner_browser: Client, alpha: Tenant, office: Schedule, changes: dict[str, str], field: str
) -> None:
    Schedule.objects.filter(pk=office.pk).update(time_zone=ZoneInfo("Europe/Berlin"))

    with time_machine.travel(TEN, tick=False):
        answer = owner_browser.post(
            address("schedule_override", office.pk), {"mode": "closed", "ends_at": "2026-11-20T18:00", **changes}
        )

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    with inside(alpha):
        assert not office.overrides.exists()


@pytest.mark.feature("TEAM-04", "SCH-09")
def test_a_manager_forces_and_ends_only_what_the_own_teams_use(
    manager_browser: Client, alpha: Tenant, office: Schedule, sales: Team, owner: User
) -> None:
    override = override_schedule(schedule=office, mode=OverrideMode.OPEN, ends_at=TEN + HOUR, by=owner, at=TEN)
    refused = manager_browser.post(address("override_end", override.pk)).status_code
    with inside(alpha):
        SettingValue.objects.create(level=Level.TEAM, team=sales, key="hours.schedule", schedule=office)

    with time_machine.travel(TEN, tick=False):
        allowed = manager_browser.post(address("override_end", override.pk))

    assert (refused, allowed.status_code) == (404, 302)
    with inside(alpha):
        assert not office.overrides.exists()


@pytest.mark.feature("SCH-09")
def test_the_list_and_the_start_page_show_what_is_forced_now(
    owner_browser: Client, office: Schedule, owner: User
) -> None:
    now = datetime.now(UTC)
    override_schedule(
        schedule=office, mode=OverrideMode.SPECIAL, ends_at=now + HOUR, reason="Works outing", by=owner, at=now
    )

    page = owner_browser.get(address("schedules")).content.decode()

    assert "Special by hand: Works outing" in page


def test_the_screens_see_what_the_snapshot_sees(office: Schedule, owner: User) -> None:
    now = datetime.now(UTC)
    override_schedule(schedule=office, mode=OverrideMode.CLOSED, ends_at=now + HOUR, by=owner, at=now)
    row = schedules().get(pk=office.pk)

    assert facts_of([row])[office.pk] == take_snapshot(at=now).schedules[office.pk]
