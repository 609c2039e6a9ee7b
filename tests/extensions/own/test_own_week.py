"""The week strip: what each day says, nights, holidays, and the day on which the clocks change."""

from datetime import UTC, date, datetime

import pytest

from extensions.own_week import week_of
from tests.extensions.schedules.facts import holiday, interval, schedule


def words(at: datetime, **given: object) -> list[str]:
    return [day.words for day in week_of(schedule(**given), at)]


@pytest.mark.feature("PRS-04")
def test_each_day_says_its_hours_and_only_today_has_a_now() -> None:
    days = week_of(schedule(), datetime(2026, 11, 27, 9, 30, tzinfo=UTC))  # a Friday, 10:30 in Berlin

    assert days[0].words == "Open 09:00–12:00, Break 12:00–12:30, Open 12:30–17:00"
    assert [day.words for day in days[1:3]] == ["Closed all day", "Closed all day"]
    assert [day.now for day in days] == [630, *[None] * 6]
    assert all(sum(one.width for one in day.stretches) == 1440 for day in days)


def test_hours_over_midnight_stand_on_both_days() -> None:
    found = words(datetime(2026, 11, 27, 9, tzinfo=UTC), opening=(interval(4, "22:00", "30:00"),), breaks=())

    assert found[:2] == ["Open 22:00–24:00", "Open 00:00–06:00"]


def test_a_holiday_closes_the_day_and_says_its_name() -> None:
    found = words(datetime(2026, 11, 27, 9, tzinfo=UTC), holidays=(holiday("Stocktaking", date(2026, 11, 30)),))

    assert found[3] == "Stocktaking: Closed all day"


def test_the_day_on_which_the_clocks_change_keeps_its_hours() -> None:
    opening = tuple(interval(day, "09:00", "17:00") for day in range(7))

    assert set(words(datetime(2026, 3, 27, 9, tzinfo=UTC), opening=opening, breaks=())) == {"Open 09:00–17:00"}
