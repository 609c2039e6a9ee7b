"""The coming week of a schedule, day by day, for a strip and its words. Pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from extensions.callflow.hours import HoursStretch, changes_between
from extensions.callflow.presence import Phase, phase_of
from extensions.snapshot.facts import ScheduleFacts
from extensions.status_picture import WORDS

DAY = 24 * 60  # minutes
LENGTH = 7  # days


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of one day, in minutes from midnight; `why` is the rule that decides."""

    phase: Phase
    starts: int
    ends: int
    why: str

    @property
    def width(self) -> int:
        return self.ends - self.starts

    @property
    def words(self) -> str:
        """“Open 09:00–17:00”."""
        return f"{WORDS[self.phase]} {_clock(self.starts)}–{_clock(self.ends)}"


@dataclass(frozen=True, slots=True)
class Day:
    """One day with everything that is not closed, and where “now” is (None on other days)."""

    day: date
    stretches: Sequence[Stretch]
    holiday: str
    now: int | None

    @property
    def words(self) -> str:
        """The whole day in words; the holiday's name comes first."""
        parts = [one.words for one in self.stretches if one.phase is not Phase.CLOSED]
        text = ", ".join(parts) or _("Closed all day")
        return f"{self.holiday}: {text}" if self.holiday else text


def week_of(
    schedule: ScheduleFacts, at: datetime, *, breaks: ScheduleFacts | None = None, exempt: bool = False
) -> list[Day]:
    """The seven days from the one of `at` on, as clocks of the schedule's zone show them."""
    today = at.astimezone(schedule.zone).date()
    start, end = (datetime.combine(today + timedelta(days=days), time(), schedule.zone) for days in (0, LENGTH))
    found = changes_between(schedule, start, end, breaks=breaks, exempt=exempt)
    local = at.astimezone(schedule.zone)
    days = []
    for step in range(LENGTH):
        day = today + timedelta(days=step)
        inside = [(one, *_minutes(one, day, schedule)) for one in found]
        parts = [(one, starts, ends) for one, starts, ends in inside if starts < ends]
        holiday = next((one.result.holiday.name for one, _starts, _ends in parts if one.result.holiday), "")
        stretches = [Stretch(phase_of(one.result), starts, ends, one.result.rule) for one, starts, ends in parts]
        days.append(Day(day, stretches, holiday, local.hour * 60 + local.minute if step == 0 else None))
    return days


def _minutes(stretch: HoursStretch, day: date, schedule: ScheduleFacts) -> tuple[int, int]:
    """The part of `stretch` that lies in `day`; empty where it begins after it ends."""
    starts, ends = (edge.astimezone(schedule.zone) for edge in (stretch.starts, stretch.ends))
    return _place(starts, day), _place(ends, day)


def _place(moment: datetime, day: date) -> int:
    if moment.date() < day:
        return 0
    return DAY if moment.date() > day else moment.hour * 60 + moment.minute


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
