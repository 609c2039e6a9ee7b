"""What is odd about schedules is found and told (SCH-10)."""

from datetime import date

import pytest

from extensions.models import HolidayCalendar, HolidayKind, Schedule
from extensions.services.schedules.problems import problems_of, problems_of_schedule
from extensions.services.schedules.week import Span, overlaps
from extensions.snapshot.load import take_snapshot
from tests.extensions.conftest import NOON
from tests.extensions.schedules.facts import holiday, interval, schedule

TODAY = date(2026, 11, 26)


def codes(**given: object) -> list[str]:
    return [one.code for one in problems_of_schedule(schedule(**given), today=TODAY)]


@pytest.mark.feature("SCH-10")
def test_a_week_without_hours_is_flagged() -> None:
    assert codes(opening=(), breaks=()) == ["empty_week"]
    assert codes() == []


@pytest.mark.feature("SCH-10")
@pytest.mark.parametrize(
    "pair",
    [
        (interval(0, "09:00", "12:01"), interval(0, "12:00", "17:00")),
        (interval(0, "22:00", "30:00"), interval(1, "05:59", "09:00")),
        (interval(6, "22:00", "30:00"), interval(0, "05:59", "09:00")),
        (interval(2, "00:00", "48:00"), interval(3, "12:00", "13:00")),
    ],
)
def test_overlaps_are_flagged_across_midnight_and_the_week(pair: tuple) -> None:
    assert codes(opening=pair) == ["overlap"]
    assert codes(breaks=tuple(reversed(pair))) == ["overlap"]


@pytest.mark.feature("SCH-10")
def test_intervals_that_only_touch_do_not_overlap() -> None:
    touching = [Span(0, 540, 720), Span(0, 720, 1800), Span(1, 360, 400), Span(6, 1320, 1440 + 540)]

    assert overlaps(touching) == []


@pytest.mark.feature("SCH-10")
def test_one_off_holidays_that_are_over_are_flagged_and_recurring_ones_are_not() -> None:
    yesterday = date(2026, 11, 25)
    days = (
        holiday("Over", yesterday),
        holiday("Over too", date(2026, 1, 1), kind=HolidayKind.RANGE, last_day=yesterday),
        holiday("Today", TODAY),
        holiday("Under way", date(2026, 1, 1), kind=HolidayKind.RANGE, last_day=TODAY),
        holiday("Yearly", yesterday, recurring=True),
        holiday("Rule", kind=HolidayKind.RULE, month=1, weekday=0, nth=1),
    )

    found = problems_of_schedule(schedule(holidays=days), today=TODAY)

    assert [str(one.text) for one in found] == [
        "The holiday “Over” is over and will not come back.",
        "The holiday “Over too” is over and will not come back.",
    ]


@pytest.mark.feature("SCH-10")
def test_the_configuration_check_asks_a_snapshot(office: Schedule) -> None:
    Schedule.objects.create(name="Empty")
    office.intervals.create(kind="break", weekday=0, starts=12 * 60 + 10, ends=13 * 60)
    calendar = HolidayCalendar.objects.create(name="Ours")
    calendar.holidays.create(name="Over", kind="date", first_day=date(2026, 1, 1))
    office.calendars.add(calendar)

    found = problems_of(take_snapshot(at=NOON))

    assert [(one.schedule, one.code, one.severity.value) for one in found] == [
        ("Office", "overlap", "warning"),
        ("Office", "past_holiday", "hint"),
        ("Empty", "empty_week", "error"),
    ]
