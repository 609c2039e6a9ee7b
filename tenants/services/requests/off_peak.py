"""The off-peak window (REG-21): pure functions over a start, an end, a time zone and weekdays."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Window:
    """Opens at `start` on each of `days` (0 = Monday) and closes at `end`, on the next day where `end` is not later.

    Times are wall-clock times of `zone`: over a change of the clocks a window is an hour longer or shorter.
    """

    start: time
    end: time
    zone: tzinfo
    days: frozenset[int] = EVERY_DAY


def is_open(window: Window, at: datetime) -> bool:
    """Whether `at` lies inside; the moment of closing does not."""
    return any(opens <= at < closes for opens, closes in _around(window, at))


def next_start(window: Window, at: datetime) -> datetime:
    """When work that is due at `at` may start: at once inside the window, else when it opens next (UTC)."""
    for opens, closes in _around(window, at):
        if at < closes:
            return max(opens, at).astimezone(UTC)
    raise ValueError("A window needs at least one weekday.")


def _around(window: Window, at: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The openings from the day before `at` until a week after, in order, in UTC."""
    first = at.astimezone(window.zone).date() - timedelta(days=1)
    for offset in range(10):
        day = first + timedelta(days=offset)
        if day.weekday() in (window.days or EVERY_DAY):
            closing_day = day if window.end > window.start else day + timedelta(days=1)
            opens, closes = _moment(window, day, window.start), _moment(window, closing_day, window.end)
            if opens < closes:  # a window that lies inside a skipped hour does not exist on that day
                yield opens, closes


def _moment(window: Window, day: date, clock: time) -> datetime:
    # An hour that comes twice counts the first time; one that is skipped moves to the first moment after the gap.
    moment = datetime.combine(day, clock, tzinfo=window.zone)
    there = moment.astimezone(UTC)
    if there.astimezone(window.zone).replace(tzinfo=None) == moment.replace(tzinfo=None):
        return there
    return _end_of_gap(there, window.zone)


def _end_of_gap(there: datetime, zone: tzinfo) -> datetime:
    """The first moment after the skipped hour around `there`."""
    before, after = there - timedelta(hours=3), there + timedelta(hours=3)
    while after - before > timedelta(minutes=1):
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == before.astimezone(zone).utcoffset():
            before = middle
        else:
            after = middle
    return after.replace(second=0, microsecond=0)
