"""Which hours hold at a moment, by which rule, and until when (SCH-06, SCH-09).

The order is fixed: override → holiday → closed hours → break → open.

Hours are what a clock on the wall shows in the schedule's zone. The hour that is missing in spring never comes: an edge
inside it happens at the moment of the change, and hours wholly inside it do not happen. The hour that comes twice in
autumn counts the same both times. Breaks of another schedule are read in that schedule's zone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from extensions.callflow.holidays import holiday_at
from extensions.models import OverrideMode
from extensions.snapshot.facts import DestinationFacts, HolidayFacts, IntervalFacts, OverrideFacts, ScheduleFacts

DAY = 24 * 60  # minutes
SEARCH = timedelta(days=8)  # a week and a day: what has not changed by then is called unchanging
_ONE_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


class HoursState(models.TextChoices):
    """In the order in which they are asked for."""

    OVERRIDE_OPEN = "override_open", gettext_lazy("Opened by hand")
    OVERRIDE_CLOSED = "override_closed", gettext_lazy("Closed by hand")
    OVERRIDE_SPECIAL = "override_special", gettext_lazy("Special by hand")
    HOLIDAY = "holiday", gettext_lazy("Holiday")
    CLOSED = "closed", gettext_lazy("Closed")
    BREAK = "break", gettext_lazy("Break")
    OPEN = "open", gettext_lazy("Open")


_BY_HAND = {
    OverrideMode.OPEN: HoursState.OVERRIDE_OPEN,
    OverrideMode.CLOSED: HoursState.OVERRIDE_CLOSED,
    OverrideMode.SPECIAL: HoursState.OVERRIDE_SPECIAL,
}
OPEN_STATES = frozenset({HoursState.OPEN, HoursState.OVERRIDE_OPEN})


@dataclass(frozen=True, slots=True)
class HoursResult:
    """What holds. `rule` names the rule that decided; `destination` is the one of the holiday or override, if any.

    `until` (UTC) is when another state, holiday or override takes over; None if nothing does within eight days.
    """

    state: HoursState
    rule: str
    holiday: HolidayFacts | None = None
    destination: DestinationFacts | None = None
    until: datetime | None = None

    @property
    def words(self) -> str:
        """State and rule in one sentence; every rule but those of closed hours names the state itself."""
        if self.state is not HoursState.CLOSED:
            return self.rule
        return _("%(state)s: %(reason)s") % {"state": self.state.label, "reason": self.rule}


@dataclass(frozen=True, slots=True)
class HoursStretch:
    """The same answer from `starts` (included) to `ends` (not included), both UTC; its `until` stays empty."""

    starts: datetime
    ends: datetime
    result: HoursResult


@dataclass(frozen=True, slots=True)
class _Asked:
    schedule: ScheduleFacts
    breaks: ScheduleFacts
    exempt: bool


@dataclass(frozen=True, slots=True)
class _Verdict:
    state: HoursState
    holiday: HolidayFacts | None = None
    override: OverrideFacts | None = None


def hours_at(
    schedule: ScheduleFacts, moment: datetime, *, breaks: ScheduleFacts | None = None, exempt: bool = False
) -> HoursResult:
    """What holds at `moment` (aware). `breaks` is the schedule whose breaks count, if not its own (SCH-03).

    `exempt` leaves out the holidays of global calendars (SCH-05).
    """
    asked = _Asked(schedule, breaks or schedule, exempt)
    now = moment.astimezone(UTC)
    verdict = _decide(asked, now)
    changes = _changes(asked, verdict, now, now + SEARCH)
    return replace(_result(asked, verdict, now), until=next(changes, (None, verdict))[0])


def changes_between(
    schedule: ScheduleFacts,
    start: datetime,
    end: datetime,
    *,
    breaks: ScheduleFacts | None = None,
    exempt: bool = False,
) -> list[HoursStretch]:
    """What holds from `start` to `end` (both aware), stretch by stretch, without gaps."""
    asked = _Asked(schedule, breaks or schedule, exempt)
    begins, last = start.astimezone(UTC), end.astimezone(UTC)
    verdict = _decide(asked, begins)
    found = []
    for moment, following in _changes(asked, verdict, begins, last):
        found.append(_stretch(asked, verdict, begins, moment))
        begins, verdict = moment, following
    if begins < last:
        found.append(_stretch(asked, verdict, begins, last))
    return found


def clock(minute: int) -> str:
    """A minute of the day as people write it: “09:30”; past midnight with the day said."""
    hour, rest = divmod(minute % DAY if minute > DAY else minute, 60)
    shown = f"{hour:02}:{rest:02}"
    return _("%(time)s the next day") % {"time": shown} if minute > DAY else shown


def covering(intervals: Iterable[IntervalFacts], day: date, minute: int) -> IntervalFacts | None:
    """The interval that this minute of `day` lies in, those that began the day before included."""
    today, before = day.weekday(), (day.weekday() - 1) % 7
    for one in intervals:
        if one.weekday == today and one.starts <= minute < one.ends:
            return one
        if one.weekday == before and minute < one.ends - DAY:
            return one
    return None


# --- deciding -----------------------------------------------------------------------------------------------------
def override_at(overrides: Iterable[OverrideFacts], moment: datetime) -> OverrideFacts | None:
    """The override in force; of several, the one that began last."""
    found = [one for one in overrides if one.starts_at <= moment < one.ends_at]
    return max(found, key=lambda one: one.starts_at) if found else None


def _decide(asked: _Asked, moment: datetime) -> _Verdict:
    override = override_at(asked.schedule.overrides, moment)
    if override is not None:
        return _Verdict(_BY_HAND[override.mode], override=override)
    day, minute = _wall(asked.schedule, moment)
    holiday = holiday_at(asked.schedule.holidays, day, minute, exempt=asked.exempt)
    if holiday is not None:
        return _Verdict(HoursState.HOLIDAY, holiday=holiday)
    if covering(asked.schedule.opening, day, minute) is None:
        return _Verdict(HoursState.CLOSED)
    resting = covering(asked.breaks.breaks, *_wall(asked.breaks, moment))
    return _Verdict(HoursState.OPEN if resting is None else HoursState.BREAK)


def _wall(schedule: ScheduleFacts, moment: datetime) -> tuple[date, int]:
    local = moment.astimezone(schedule.zone)
    return local.date(), local.hour * 60 + local.minute


def _result(asked: _Asked, verdict: _Verdict, moment: datetime) -> HoursResult:
    source = verdict.holiday or verdict.override
    rule = _rule(asked, verdict, moment)
    return HoursResult(verdict.state, rule, verdict.holiday, source.destination if source else None)


def _rule(asked: _Asked, verdict: _Verdict, moment: datetime) -> str:
    if verdict.override is not None:
        words, reason = str(verdict.state.label), verdict.override.reason
        return _("%(state)s: %(reason)s") % {"state": words, "reason": reason} if reason else words
    if verdict.holiday is not None:
        names = {"name": verdict.holiday.name, "calendar": verdict.holiday.calendar}
        return _("Holiday “%(name)s” of the calendar “%(calendar)s”") % names
    if verdict.state is HoursState.CLOSED:
        return _("Outside office hours") if asked.schedule.opening else _("This schedule has no office hours")
    resting = verdict.state is HoursState.BREAK
    source = asked.breaks if resting else asked.schedule
    found = covering(source.breaks if resting else source.opening, *_wall(source, moment))
    span = {"from": clock(found.starts), "until": clock(found.ends)} if found else {"from": "", "until": ""}
    return (_("Break from %(from)s until %(until)s") if resting else _("Open from %(from)s until %(until)s")) % span


# --- when it changes ----------------------------------------------------------------------------------------------
def _stretch(asked: _Asked, verdict: _Verdict, starts: datetime, ends: datetime) -> HoursStretch:
    return HoursStretch(starts, ends, _result(asked, verdict, starts))


def _changes(asked: _Asked, verdict: _Verdict, start: datetime, end: datetime) -> Iterator[tuple[datetime, _Verdict]]:
    """Moments in (start, end) at which the verdict becomes another, with the new one."""
    for moment in _edges(asked, start, end):
        following = _decide(asked, moment)
        if following != verdict:
            yield moment, following
            verdict = following


def _edges(asked: _Asked, start: datetime, end: datetime) -> Iterator[datetime]:
    """Every moment in (start, end) at which something might change, in order, worked out day by day."""
    fixed = {edge.astimezone(UTC) for one in asked.schedule.overrides for edge in (one.starts_at, one.ends_at)}
    walls = [_Walls.of(asked.schedule, asked.schedule), *([_Walls.of(asked.breaks, None)] if _apart(asked) else [])]
    begins = start
    while begins < end:
        ends = min(begins + _ONE_DAY, end)
        found = fixed.union(*(wall.between(begins, ends) for wall in walls))
        yield from sorted(edge for edge in found if begins < edge <= ends and edge < end)
        begins = ends


def _apart(asked: _Asked) -> bool:
    return asked.breaks is not asked.schedule


@dataclass(frozen=True, slots=True)
class _Walls:
    """The times of day at which a schedule may change, in its zone."""

    zone: ZoneInfo
    weekly: dict[int, set[int]]  # by weekday
    daily: set[int]

    @classmethod
    def of(cls, schedule: ScheduleFacts, holidays: ScheduleFacts | None) -> "_Walls":
        weekly: dict[int, set[int]] = {weekday: set() for weekday in range(7)}
        for one in (*schedule.opening, *schedule.breaks):
            for edge in (one.starts, one.ends):
                weekly[(one.weekday + edge // DAY) % 7].add(edge % DAY)
        timed = [edge for one in (holidays.holidays if holidays else ()) for edge in (one.starts, one.ends)]
        return cls(schedule.zone, weekly, {0, *(edge % DAY for edge in timed if edge is not None)})

    def between(self, start: datetime, end: datetime) -> Iterator[datetime]:
        """The edges of every day that touches the stretch, and the change of the clocks in it."""
        day, last = start.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        while day <= last:
            for minute in self.weekly[day.weekday()] | self.daily:
                wall = datetime.combine(day, time(minute // 60, minute % 60), self.zone)
                yield wall.astimezone(UTC)
                yield wall.replace(fold=1).astimezone(UTC)
            day += _ONE_DAY
        yield from self._turn(start, end)

    def _turn(self, start: datetime, end: datetime) -> Iterator[datetime]:
        before = start.astimezone(self.zone).utcoffset()
        if end.astimezone(self.zone).utcoffset() == before:
            return
        low, high = start, end
        while high - low > timedelta(seconds=1):
            middle = low + (high - low) / 2
            if middle.astimezone(self.zone).utcoffset() == before:
                low = middle
            else:
                high = middle
        yield (low.replace(second=0, microsecond=0)) + _MINUTE
