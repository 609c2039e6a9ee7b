"""The off-peak window: across midnight, on chosen weekdays, in its own time zone, over changes of the clocks."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from tenants.services.requests.off_peak import EVERY_DAY, Window, is_open, next_start

LONDON, BERLIN, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
NIGHT = Window(time(22), time(6), ZoneInfo("UTC"))
WORKDAY_NIGHTS = Window(time(22), time(6), ZoneInfo("UTC"), frozenset({0, 1, 2, 3, 4}))
LUNCH = Window(time(12), time(13), ZoneInfo("UTC"))
WHOLE_SATURDAY = Window(time(0), time(0), ZoneInfo("UTC"), frozenset({5}))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# 2026-11-23 is a Monday.
@pytest.mark.feature("REG-21")
@pytest.mark.parametrize(
    ("window", "at", "opened"),
    [
        (NIGHT, "2026-11-23 21:59:59", False),
        (NIGHT, "2026-11-23 22:00:00", True),
        (NIGHT, "2026-11-24 00:00:00", True),
        (NIGHT, "2026-11-24 05:59:59", True),
        (NIGHT, "2026-11-24 06:00:00", False),
        (LUNCH, "2026-11-23 12:30:00", True),
        (LUNCH, "2026-11-23 13:00:00", False),
        (WORKDAY_NIGHTS, "2026-11-27 23:00:00", True),  # Friday night
        (WORKDAY_NIGHTS, "2026-11-28 05:00:00", True),  # its end, on Saturday
        (WORKDAY_NIGHTS, "2026-11-28 23:00:00", False),  # Saturday night
        (WORKDAY_NIGHTS, "2026-11-30 05:00:00", False),  # Monday morning belongs to Sunday night
        (WHOLE_SATURDAY, "2026-11-27 23:59:59", False),
        (WHOLE_SATURDAY, "2026-11-28 00:00:00", True),
        (WHOLE_SATURDAY, "2026-11-28 23:59:59", True),
        (WHOLE_SATURDAY, "2026-11-29 00:00:00", False),
    ],
)
def test_the_window_is_open_at_the_right_moments(window: Window, at: str, opened: bool) -> None:
    assert is_open(window, moment(at)) is opened


@pytest.mark.feature("REG-21")
@pytest.mark.parametrize(
    ("window", "at", "starts"),
    [
        (NIGHT, "2026-11-23 12:00", "2026-11-23 22:00"),
        (NIGHT, "2026-11-23 23:30", "2026-11-23 23:30"),
        (NIGHT, "2026-11-24 06:00", "2026-11-24 22:00"),
        (WORKDAY_NIGHTS, "2026-11-28 12:00", "2026-11-30 22:00"),
        (WHOLE_SATURDAY, "2026-11-29 00:00", "2026-12-05 00:00"),
        (Window(time(22), time(6), NEW_YORK), "2026-11-23 12:00", "2026-11-24 03:00"),
        (Window(time(22), time(6), LONDON, frozenset()), "2026-11-23 12:00", "2026-11-23 22:00"),
    ],
)
def test_waiting_work_starts_when_the_window_opens_next(window: Window, at: str, starts: str) -> None:
    assert next_start(window, moment(at)) == moment(starts)


@pytest.mark.feature("REG-21")
@pytest.mark.parametrize(
    ("window", "at", "starts"),
    [
        # Berlin, clocks forward on 29 March 2026 at 02:00: 22:00 is 21:00 UTC before and 20:00 UTC after.
        (Window(time(22), time(6), BERLIN), "2026-03-28 12:00", "2026-03-28 21:00"),
        (Window(time(22), time(6), BERLIN), "2026-03-29 12:00", "2026-03-29 20:00"),
        # A start at 02:30 is skipped that night: it opens at the first moment after the gap.
        (Window(time(2, 30), time(6), BERLIN), "2026-03-28 12:00", "2026-03-29 01:00"),
        # Back on 25 October 2026 at 03:00: 02:30 comes twice and counts the first time.
        (Window(time(2, 30), time(6), BERLIN), "2026-10-24 12:00", "2026-10-25 00:30"),
    ],
)
def test_the_window_follows_the_wall_clock(window: Window, at: str, starts: str) -> None:
    assert next_start(window, moment(at)) == moment(starts)


@pytest.mark.feature("REG-21")
def test_a_window_inside_a_skipped_hour_does_not_exist_that_day() -> None:
    window = Window(time(2, 10), time(2, 50), BERLIN)

    assert next_start(window, moment("2026-03-28 12:00")) == moment("2026-03-30 00:10")


@pytest.mark.feature("REG-21")
def test_a_night_of_eight_hours_has_seven_when_the_clocks_go_forward() -> None:
    window = Window(time(22), time(6), BERLIN, EVERY_DAY)

    assert is_open(window, moment("2026-03-29 03:59"))
    assert not is_open(window, moment("2026-03-29 04:00"))
