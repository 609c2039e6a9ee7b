"""Which hours hold, in which order they are asked for, and until when."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from extensions.callflow.hours import HoursState, changes_between, hours_at
from extensions.models import DestinationKind, OverrideMode
from extensions.snapshot.facts import DestinationFacts, ScheduleFacts
from tests.extensions.schedules.facts import at, holiday, interval, override, schedule, utc, week

# 26 November 2026 is a Thursday.
TEAM = DestinationFacts(DestinationKind.TEAM, 7)


def state(facts: ScheduleFacts, moment: str, **given: object) -> HoursState:
    return hours_at(facts, at(moment), **given).state  # type: ignore[arg-type]


@pytest.mark.feature("SCH-01", "SCH-06")
@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-26 08:59", HoursState.CLOSED),
        ("2026-11-26 09:00", HoursState.OPEN),
        ("2026-11-26 11:59", HoursState.OPEN),
        ("2026-11-26 12:00", HoursState.BREAK),
        ("2026-11-26 12:30", HoursState.OPEN),
        ("2026-11-26 16:59", HoursState.OPEN),
        ("2026-11-26 17:00", HoursState.CLOSED),
        ("2026-11-28 10:00", HoursState.CLOSED),
    ],
)
def test_the_first_minute_counts_and_the_last_one_does_not(moment: str, expected: HoursState) -> None:
    assert state(schedule(), moment) == expected


@pytest.mark.feature("SCH-06", "SCH-09")
def test_the_order_is_override_then_holiday_then_closed_then_break_then_open() -> None:
    by_hand = override(OverrideMode.OPEN, at("2026-11-26 12:10"), at("2026-11-26 12:20"))
    off = holiday(first=date(2026, 11, 26), starts=12 * 60 + 5, ends=12 * 60 + 15)
    everything = schedule(overrides=(by_hand,), holidays=(off,))

    answers = [state(everything, f"2026-11-26 {clock}") for clock in ("12:12", "12:07", "18:00", "12:25", "12:35")]

    assert answers == [
        HoursState.OVERRIDE_OPEN,
        HoursState.HOLIDAY,
        HoursState.CLOSED,
        HoursState.BREAK,
        HoursState.OPEN,
    ]


@pytest.mark.feature("SCH-06")
def test_a_break_outside_office_hours_is_no_break() -> None:
    late = schedule(breaks=week(("16:30", "18:00")))

    assert state(late, "2026-11-26 16:45") == HoursState.BREAK
    assert state(late, "2026-11-26 17:30") == HoursState.CLOSED


@pytest.mark.feature("SCH-01")
def test_an_interval_may_cross_midnight_also_from_sunday_to_monday() -> None:
    night = schedule(opening=(interval(6, "22:00", "30:00"),), breaks=(interval(6, "25:00", "25:30"),))

    assert state(night, "2026-11-29 21:59") == HoursState.CLOSED
    assert state(night, "2026-11-29 22:00") == HoursState.OPEN
    assert state(night, "2026-11-30 01:15") == HoursState.BREAK
    assert state(night, "2026-11-30 05:59") == HoursState.OPEN
    assert state(night, "2026-11-30 06:00") == HoursState.CLOSED
    assert hours_at(night, at("2026-11-29 23:00")).rule == "Open from 22:00 until 06:00 the next day"


@pytest.mark.feature("SCH-06")
def test_the_answer_names_its_rule_and_when_it_ends() -> None:
    found = hours_at(schedule(), at("2026-11-26 09:30"))
    over_the_weekend = hours_at(schedule(), at("2026-11-27 17:00"))

    assert (found.rule, found.until) == ("Open from 09:00 until 17:00", utc("2026-11-26 11:00"))
    assert (over_the_weekend.rule, over_the_weekend.until) == ("Outside office hours", utc("2026-11-30 08:00"))
    assert hours_at(schedule(), at("2026-11-26 12:10")).rule == "Break from 12:00 until 12:30"


def test_a_schedule_that_never_changes_has_no_end() -> None:
    always = schedule(opening=week(("00:00", "24:00"), days=tuple(range(7))), breaks=())
    never = schedule(opening=(), breaks=())

    assert hours_at(always, at("2026-11-26 12:00")).until is None
    assert (hours_at(never, at("2026-11-26 12:00")).until, state(never, "2026-11-26 12:00")) == (None, "closed")
    assert hours_at(never, at("2026-11-26 12:00")).rule == "This schedule has no office hours"


@pytest.mark.feature("SCH-09")
def test_an_override_ends_by_itself_and_the_one_that_began_last_counts() -> None:
    long = override(OverrideMode.CLOSED, at("2026-11-26 08:00"), at("2026-11-26 20:00"), reason="Works outing")
    short = override(OverrideMode.SPECIAL, at("2026-11-26 10:00"), at("2026-11-26 11:00"), to=TEAM)
    both = schedule(overrides=(short, long))

    special = hours_at(both, at("2026-11-26 10:30"))
    closed = hours_at(both, at("2026-11-26 11:00"))

    assert (special.state, special.destination, special.until) == ("override_special", TEAM, utc("2026-11-26 10:00"))
    assert (closed.state, closed.rule) == ("override_closed", "Closed by hand: Works outing")
    assert closed.words == "Closed by hand: Works outing"
    assert hours_at(both, at("2026-11-26 20:00")).words == "Closed: Outside office hours"
    assert state(both, "2026-11-26 20:00") == HoursState.CLOSED
    assert state(both, "2026-11-27 10:00") == HoursState.OPEN


@pytest.mark.feature("SCH-03")
def test_breaks_may_come_from_another_schedule_in_its_own_zone() -> None:
    london = schedule(id=2, zone=ZoneInfo("Europe/London"), breaks=week(("12:00", "13:00")))

    found = hours_at(schedule(), at("2026-11-26 13:30"), breaks=london)

    assert (found.state, found.until) == (HoursState.BREAK, utc("2026-11-26 13:00"))
    assert state(schedule(), "2026-11-26 12:10", breaks=london) == HoursState.OPEN


@pytest.mark.feature("SCH-05", "SCH-07")
def test_who_is_exempt_from_global_holidays_still_has_those_of_own_calendars() -> None:
    everybody = holiday("Everybody", date(2026, 11, 26), is_global=True)
    ours = holiday("Ours", date(2026, 11, 27))
    both = schedule(holidays=(everybody, ours))

    assert state(both, "2026-11-26 10:00") == HoursState.HOLIDAY
    assert state(both, "2026-11-26 10:00", exempt=True) == HoursState.OPEN
    assert state(both, "2026-11-27 10:00", exempt=True) == HoursState.HOLIDAY


def test_stretches_cover_the_whole_time_without_gaps() -> None:
    found = changes_between(schedule(), at("2026-11-26 00:00"), at("2026-11-27 00:00"))

    assert [(one.result.state.value, one.starts, one.ends) for one in found] == [
        ("closed", utc("2026-11-25 23:00"), utc("2026-11-26 08:00")),
        ("open", utc("2026-11-26 08:00"), utc("2026-11-26 11:00")),
        ("break", utc("2026-11-26 11:00"), utc("2026-11-26 11:30")),
        ("open", utc("2026-11-26 11:30"), utc("2026-11-26 16:00")),
        ("closed", utc("2026-11-26 16:00"), utc("2026-11-26 23:00")),
    ]
