"""A week as a picture: 7 days by 24 hours, with what holds, the present moment, a sentence and a table that say it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from extensions.callflow.hours import HoursResult, HoursState, HoursStretch, changes_between, hours_at
from extensions.snapshot.facts import ScheduleFacts

DAY = 24 * 60  # minutes
LABEL, HOUR, ROW, HEAD = 76, 36, 30, 20  # pixels of the drawing
_LETTER = 6.6  # a letter's width, generously
CSS = {
    HoursState.OPEN: "open",
    HoursState.BREAK: "break",
    HoursState.CLOSED: "closed",
    HoursState.HOLIDAY: "holiday",
    HoursState.OVERRIDE_OPEN: "open by-hand",
    HoursState.OVERRIDE_CLOSED: "closed by-hand",
    HoursState.OVERRIDE_SPECIAL: "special by-hand",
}


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch on one day. Positions in pixels of the drawing; `word` is empty where it would not fit."""

    x: int
    width: int
    y: int
    css: str
    word: str
    title: str

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class PictureDay:
    """One line of the picture and of the table."""

    label: str
    today: bool
    y: int
    blocks: list[Block]


@dataclass(frozen=True, slots=True)
class WeekPicture:
    """`now_x` is where the present line stands on the line `now_y`; None where the week is another one."""

    days: list[PictureDay]
    summary: str
    zone: str
    now_x: int | None
    now_y: int
    legend: list[tuple[str, str]]
    hours: list[tuple[int, str]]
    width: int = LABEL + 24 * HOUR + 10
    height: int = HEAD + 7 * ROW


def week_picture(
    facts: ScheduleFacts, *, now: datetime, breaks: ScheduleFacts | None = None, exempt: bool = False
) -> WeekPicture:
    """The week that `now` lies in, as it was and will be: holidays and what was forced by hand included."""
    local = now.astimezone(facts.zone)
    monday = local.date() - timedelta(days=local.weekday())
    begins, ends = (_midnight(facts, monday + timedelta(days=days)) for days in (0, 7))
    pieces = list(_by_day(facts, changes_between(facts, begins, ends, breaks=breaks, exempt=exempt)))
    days = [_day(number, monday + timedelta(days=number), local.date(), pieces) for number in range(7)]
    found = hours_at(facts, now, breaks=breaks, exempt=exempt)
    states = dict.fromkeys(result.state for _day, _starts, _ends, result in pieces)
    return WeekPicture(
        days=days,
        summary=in_words(facts, found),
        zone=facts.zone.key,
        now_x=LABEL + (local.hour * 60 + local.minute) * HOUR // 60,
        now_y=HEAD + local.weekday() * ROW,
        legend=[(CSS[state], str(state.label)) for state in HoursState if state in states],
        hours=[(LABEL + hour * HOUR, f"{hour:02}") for hour in range(0, 25, 3)],
    )


def in_words(facts: ScheduleFacts, found: HoursResult) -> str:
    """What holds, why, and until when, as one sentence."""
    words = {"state": str(found.state.label), "rule": found.rule}
    if found.until is None:
        return _("Now: %(state)s (%(rule)s).") % words
    return _("Now: %(state)s (%(rule)s), until %(until)s.") % {**words, "until": until_words(facts, found.until)}


def until_words(facts: ScheduleFacts, moment: datetime) -> str:
    """A moment on the schedule's own clock: “Monday 09:00”."""
    local = moment.astimezone(facts.zone)
    return f"{WEEKDAYS[local.weekday()]} {date_format(local, 'TIME_FORMAT')}"


def _midnight(facts: ScheduleFacts, day: date) -> datetime:
    return datetime.combine(day, time(), facts.zone).astimezone(UTC)


def _by_day(facts: ScheduleFacts, stretches: Iterable[HoursStretch]) -> Iterator[tuple[date, int, int, Any]]:
    """Each stretch cut at midnight, as (day, from minute, until minute, result) on the schedule's clock."""
    for one in stretches:
        begins, last = one.starts.astimezone(facts.zone), one.ends.astimezone(facts.zone)
        day, starts = begins.date(), begins.hour * 60 + begins.minute
        while day < last.date():
            yield day, starts, DAY, one.result
            day, starts = day + timedelta(days=1), 0
        ends = last.hour * 60 + last.minute
        if ends > starts:
            yield day, starts, ends, one.result


def _day(number: int, day: date, today: date, pieces: Iterable[tuple[date, int, int, HoursResult]]) -> PictureDay:
    y = HEAD + number * ROW
    blocks = [_block(y, starts, ends, found) for its, starts, ends, found in pieces if its == day]
    return PictureDay(f"{WEEKDAYS_ABBR[number]} {date_format(day, 'j M')}", day == today, y, blocks)


def _block(y: int, starts: int, ends: int, found: HoursResult) -> Block:
    x, width = LABEL + starts * HOUR // 60, max((ends - starts) * HOUR // 60, 1)
    word = found.holiday.name if found.holiday else str(found.state.label)
    title = f"{starts // 60:02}:{starts % 60:02}–{ends // 60:02}:{ends % 60:02} {found.state.label}"
    if found.holiday:
        title = f"{title}: {found.holiday.name}"
    fits = len(word) * _LETTER + 8 <= width
    return Block(x, width, y, CSS[found.state], word if fits else "", title)
