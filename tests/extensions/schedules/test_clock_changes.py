"""The hour that is missing in spring and the one that comes twice in autumn; every minute against a slow oracle."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extensions.callflow.hours import HoursState, changes_between, hours_at
from extensions.models import HolidayKind, OverrideMode
from extensions.snapshot.facts import IntervalFacts, ScheduleFacts
from tests.extensions.schedules.facts import at, holiday, interval, override, schedule, utc

NEW_YORK, LORD_HOWE = ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")
BERLIN = ZoneInfo("Europe/Berlin")
SPRING = {BERLIN: date(2026, 3, 29), NEW_YORK: date(2026, 3, 8), LORD_HOWE: date(2026, 10, 4)}
AUTUMN = {BERLIN: date(2026, 10, 25), NEW_YORK: date(2026, 11, 1), LORD_HOWE: date(2026, 4, 5)}
MINUTE = timedelta(minutes=1)


def sunday(zone: ZoneInfo, starts: str, ends: str) -> ScheduleFacts:
    return schedule(zone=zone, opening=(interval(6, starts, ends),), breaks=())


# --- the missing hour ---------------------------------------------------------------------------------------------
@pytest.mark.feature("SCH-06")
@pytest.mark.parametrize(
    ("zone", "edge", "change"),
    [
        (BERLIN, "02:30", "2026-03-29 01:00"),
        (NEW_YORK, "02:30", "2026-03-08 07:00"),
        (LORD_HOWE, "02:15", "2026-10-03 15:30"),
    ],
)
def test_an_edge_in_the_missing_hour_happens_when_the_clock_jumps(zone: ZoneInfo, edge: str, change: str) -> None:
    opening, closing = sunday(zone, edge, "06:00"), sunday(zone, "01:00", edge)
    before = utc(change) - MINUTE

    assert hours_at(opening, before).state == HoursState.CLOSED
    assert hours_at(opening, before).until == utc(change)
    assert hours_at(opening, utc(change)).state == HoursState.OPEN
    assert hours_at(closing, before).until == utc(change)
    assert hours_at(closing, utc(change)).state == HoursState.CLOSED


@pytest.mark.feature("SCH-06")
def test_hours_wholly_inside_the_missing_hour_do_not_happen() -> None:
    lost = sunday(BERLIN, "02:10", "02:50")

    that_day = changes_between(lost, at("2026-03-29 00:00"), at("2026-03-30 00:00"))
    a_week_later = changes_between(lost, at("2026-04-05 00:00"), at("2026-04-06 00:00"))

    assert [one.result.state for one in that_day] == [HoursState.CLOSED]
    assert [one.result.state.value for one in a_week_later] == ["closed", "open", "closed"]


# --- the hour that comes twice ------------------------------------------------------------------------------------
@pytest.mark.feature("SCH-06")
@pytest.mark.parametrize(
    ("zone", "first", "second"),
    [
        (BERLIN, "2026-10-25 00:30", "2026-10-25 01:30"),
        (NEW_YORK, "2026-11-01 05:30", "2026-11-01 06:30"),
        (LORD_HOWE, "2026-04-04 14:45", "2026-04-04 15:15"),
    ],
)
def test_both_passes_of_the_doubled_hour_count_the_same(zone: ZoneInfo, first: str, second: str) -> None:
    wall = utc(first).astimezone(zone)
    assert (wall.hour, wall.minute) == (utc(second).astimezone(zone).hour, utc(second).astimezone(zone).minute)
    edge = f"{wall.hour:02}:{wall.minute:02}"
    opening = sunday(zone, edge, "06:00")

    both = [hours_at(opening, utc(moment)).state for moment in (first, second)]
    before = [hours_at(opening, utc(moment) - MINUTE).state for moment in (first, second)]

    assert both == [HoursState.OPEN, HoursState.OPEN]
    assert before == [HoursState.CLOSED, HoursState.CLOSED]


@pytest.mark.feature("SCH-06")
def test_an_hour_that_comes_twice_is_open_twice_as_long() -> None:
    doubled = sunday(BERLIN, "02:00", "03:00")

    found = changes_between(doubled, at("2026-10-25 00:00"), at("2026-10-26 00:00"))

    assert [(one.starts, one.ends) for one in found if one.result.state == HoursState.OPEN] == [
        (utc("2026-10-25 00:00"), utc("2026-10-25 02:00"))
    ]


# --- against the oracle -------------------------------------------------------------------------------------------
def slow_state(facts: ScheduleFacts, moment: datetime) -> str:
    """The same question, asked minute by minute and word by word as the help page says it."""
    by_hand = [one for one in facts.overrides if one.starts_at <= moment < one.ends_at]
    if by_hand:
        return f"override_{sorted(by_hand, key=lambda one: one.starts_at)[-1].mode.value}"
    local = moment.astimezone(facts.zone)
    now = local.hour * 60 + local.minute
    for one in facts.holidays:
        within = one.starts is None or one.starts <= now < (one.ends or 0)
        if within and one.first_day <= local.date() <= (one.last_day or one.first_day):  # type: ignore[operator]
            return "holiday"
    if now not in minutes_of(facts.opening, local.date()):
        return "closed"
    return "break" if now in minutes_of(facts.breaks, local.date()) else "open"


def minutes_of(intervals: tuple[IntervalFacts, ...], day: date) -> set[int]:
    found: set[int] = set()
    for one in intervals:
        if one.weekday == day.weekday():
            found |= set(range(one.starts, min(one.ends, 1440)))
        if one.weekday == (day - timedelta(days=1)).weekday():
            found |= set(range(one.ends - 1440))
    return found


@st.composite
def spans(draw: st.DrawFn) -> IntervalFacts:
    starts = draw(st.integers(0, 1439))
    return IntervalFacts(draw(st.integers(0, 6)), starts, starts + draw(st.integers(1, 1440)))


@st.composite
def cases(draw: st.DrawFn) -> tuple[ScheduleFacts, datetime]:
    """A schedule, and the minute a stretch around a change of the clocks begins with."""
    zone = draw(st.sampled_from([BERLIN, NEW_YORK, LORD_HOWE]))
    turn = draw(st.sampled_from([SPRING[zone], AUTUMN[zone]]))
    start = datetime(turn.year, turn.month, turn.day, tzinfo=UTC) - timedelta(hours=draw(st.integers(0, 24)))
    timed = draw(st.booleans())
    off = holiday(
        first=turn + timedelta(days=draw(st.integers(-1, 1))), kind=HolidayKind.DATE,
        starts=60 if timed else None, ends=150 if timed else None,
    )  # fmt: skip
    begins = start + draw(st.integers(0, 600)) * MINUTE
    by_hand = override(draw(st.sampled_from(OverrideMode)), begins, begins + draw(st.integers(1, 300)) * MINUTE)
    facts = schedule(
        zone=zone,
        opening=tuple(draw(st.lists(spans(), max_size=6))),
        breaks=tuple(draw(st.lists(spans(), max_size=3))),
        holidays=draw(st.sampled_from([(), (off,)])),
        overrides=draw(st.sampled_from([(), (by_hand,)])),
    )
    return facts, start


def every_minute(start: datetime, hours: int) -> Iterator[datetime]:
    return (start + number * MINUTE for number in range(hours * 60))


@pytest.mark.feature("SCH-06")
@settings(max_examples=30, deadline=None, derandomize=True)
@example((sunday(BERLIN, "02:30", "03:30"), utc("2026-10-24 23:00")))
@given(cases())
def test_every_minute_around_a_change_of_the_clocks_agrees_with_the_oracle(
    case: tuple[ScheduleFacts, datetime],
) -> None:
    facts, start = case
    hours = 30
    stretches = changes_between(facts, start, start + timedelta(hours=hours))
    told = [one.result.state.value for one in stretches for _minute in range((one.ends - one.starts) // MINUTE)]

    expected = [slow_state(facts, moment) for moment in every_minute(start, hours)]

    assert told == expected
    assert [hours_at(facts, moment).state.value for moment in (start, start + 7 * MINUTE)] == [expected[0], expected[7]]


@pytest.mark.feature("SCH-06")
@settings(max_examples=25, deadline=None, derandomize=True)
@given(cases())
def test_the_end_that_is_told_is_the_first_minute_that_is_different(case: tuple[ScheduleFacts, datetime]) -> None:
    facts, start = case
    found = hours_at(facts, start)

    different = (m for m in every_minute(start, 8 * 24) if slow_state(facts, m) != found.state.value)

    assert found.until == next(different, None)
