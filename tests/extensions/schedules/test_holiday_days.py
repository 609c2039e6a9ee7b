"""On which days a holiday counts, and which of several decides."""

from datetime import date

import pytest

from extensions.callflow.holidays import counts_on, holiday_at, nth_weekday
from extensions.models import HolidayKind
from tests.extensions.schedules.facts import holiday


@pytest.mark.feature("SCH-05")
def test_one_day_counts_once_and_every_year_if_it_recurs() -> None:
    once, yearly = holiday(first=date(2026, 5, 1)), holiday(first=date(2026, 5, 1), recurring=True)

    assert [counts_on(once, date(year, 5, 1)) for year in (2025, 2026, 2027)] == [False, True, False]
    assert [counts_on(yearly, date(year, 5, 1)) for year in (2025, 2026, 2027)] == [False, True, True]


@pytest.mark.feature("SCH-05")
def test_29_february_of_every_year_is_the_28th_where_there_is_none() -> None:
    leap = holiday(first=date(2028, 2, 29), recurring=True)

    days = [date(2028, 2, 28), date(2028, 2, 29), date(2029, 2, 28), date(2029, 3, 1), date(2032, 2, 28)]

    assert [counts_on(leap, day) for day in days] == [False, True, True, False, False]


@pytest.mark.feature("SCH-05")
def test_several_days_may_pass_the_turn_of_the_year() -> None:
    once = holiday(kind=HolidayKind.RANGE, first=date(2026, 12, 24), last_day=date(2027, 1, 2))
    yearly = holiday(kind=HolidayKind.RANGE, first=date(2026, 12, 24), last_day=date(2027, 1, 2), recurring=True)
    days = [date(2026, 12, 23), date(2026, 12, 24), date(2027, 1, 2), date(2027, 1, 3), date(2031, 1, 1)]

    assert [counts_on(once, day) for day in days] == [False, True, True, False, False]
    assert [counts_on(yearly, day) for day in days] == [False, True, True, False, True]
    assert not counts_on(yearly, date(2026, 1, 1))


@pytest.mark.feature("SCH-05")
def test_a_rule_is_the_nth_or_the_last_weekday_of_a_month_every_year() -> None:
    thanksgiving = holiday(kind=HolidayKind.RULE, month=11, weekday=3, nth=4)
    last_monday = holiday(kind=HolidayKind.RULE, month=5, weekday=0, nth=-1)

    assert counts_on(thanksgiving, date(2026, 11, 26))
    assert counts_on(thanksgiving, date(2027, 11, 25))
    assert not counts_on(thanksgiving, date(2026, 11, 19))
    assert counts_on(last_monday, date(2026, 5, 25))
    assert nth_weekday(2027, 5, 0, -1) == date(2027, 5, 31)


@pytest.mark.feature("SCH-05")
def test_a_time_range_counts_only_then() -> None:
    eve = holiday(first=date(2026, 12, 24), starts=14 * 60, ends=24 * 60)

    found = [holiday_at([eve], date(2026, 12, 24), minute) for minute in (14 * 60 - 1, 14 * 60, 24 * 60 - 1)]

    assert found == [None, eve, eve]


@pytest.mark.feature("SCH-05")
def test_of_several_the_most_specific_decides() -> None:
    day = date(2026, 12, 24)
    weeks = holiday("Weeks", kind=HolidayKind.RANGE, first=date(2026, 12, 20), last_day=date(2027, 1, 6))
    everybody = holiday("Everybody", day, is_global=True)
    yearly = holiday("Yearly", day, recurring=True)
    once = holiday("Once", day)
    afternoon = holiday("Afternoon", day, starts=12 * 60, ends=18 * 60, is_global=True)
    later_calendar = holiday("Later calendar", day)
    found = [weeks, everybody, yearly, once, afternoon, later_calendar]

    decided = []
    while found:
        decider = holiday_at(found, day, 13 * 60)
        assert decider is not None
        decided.append(decider.name)
        found.remove(decider)

    assert decided == ["Afternoon", "Once", "Later calendar", "Everybody", "Yearly", "Weeks"]
