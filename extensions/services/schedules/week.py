"""A week of hours as a value: what it may look like, how it is said in words, and the weeks that one starts from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from extensions.models import IntervalKind

DAY = 24 * 60  # minutes
WEEK = 7 * DAY
MOST = 4  # intervals of each kind on one day (SCH-01)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Minutes of one weekday (0 = Monday); `ends` past 1440 goes on into the next day."""

    weekday: int
    starts: int
    ends: int
    kind: IntervalKind = field(default=IntervalKind.OPEN, compare=True)

    @property
    def words(self) -> str:
        """“09:00–17:00”, with the next day said."""
        past = self.ends > DAY
        shown = f"{_clock(self.starts)}–{_clock(self.ends - DAY if past else self.ends)}"
        return _("%(span)s the next day") % {"span": shown} if past else shown


@dataclass(frozen=True, slots=True)
class Week:
    """All spans of a week. As text it is what a person would say."""

    spans: tuple[Span, ...] = ()

    def of(self, kind: IntervalKind, weekday: int | None = None) -> list[Span]:
        """The spans of one kind, of one day or of all, in order."""
        return sorted(one for one in self.spans if one.kind == kind and weekday in (None, one.weekday))

    def __str__(self) -> str:
        parts = [words for kind in IntervalKind for words in _in_words(self, kind)]
        return "; ".join(parts) or _("No office hours")


class Preset(models.TextChoices):
    """What a new schedule starts with."""

    OFFICE = "office", gettext_lazy("Office: Monday to Friday 09:00–17:00, break 12:00–12:30")
    RETAIL = "retail", gettext_lazy("Shop: Monday to Saturday 10:00–19:00")
    ALWAYS = "always", gettext_lazy("Always open: 24 hours, every day")
    EMPTY = "empty", gettext_lazy("Empty: no hours yet")


def daily(days: Iterable[int], starts: int, ends: int, kind: IntervalKind = IntervalKind.OPEN) -> tuple[Span, ...]:
    """The same span on several days."""
    return tuple(Span(day, starts, ends, kind) for day in days)


PRESETS: dict[Preset, Week] = {
    Preset.OFFICE: Week(daily(range(5), 540, 1020) + daily(range(5), 720, 750, IntervalKind.BREAK)),
    Preset.RETAIL: Week(daily(range(6), 600, 1140)),
    Preset.ALWAYS: Week(daily(range(7), 0, DAY)),
    Preset.EMPTY: Week(),
}


def faults_of(spans: Sequence[Span]) -> dict[int, str]:
    """What is wrong, by the span's place in `spans`; empty where the week may be saved."""
    found = {place: fault for place, one in enumerate(spans) if (fault := _fault(one))}
    counted: dict[tuple[IntervalKind, int], int] = {}
    for place, one in enumerate(spans):
        counted[one.kind, one.weekday] = counted.get((one.kind, one.weekday), 0) + 1
        if counted[one.kind, one.weekday] > MOST:
            found.setdefault(place, _("At most %(most)d on one day.") % {"most": MOST})
    for place, other in overlaps(spans):
        words = {"span": spans[other].words, "day": WEEKDAYS[spans[other].weekday]}
        found.setdefault(place, _("This overlaps %(span)s of %(day)s.") % words)
    return found


def overlaps(spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Pairs (later, earlier place) of spans of one kind that cover the same minute, across midnight and Sunday too."""
    return [
        (later, earlier)
        for later in range(len(spans))
        for earlier in range(later)
        if spans[later].kind == spans[earlier].kind and _meet(spans[later], spans[earlier])
    ]


def _fault(one: Span) -> str:
    if one.ends <= one.starts:
        return _("The end must be after the start. Tick “next day” if it goes on past midnight.")
    return _("At most 24 hours.") if one.ends - one.starts > DAY else ""


def _meet(one: Span, other: Span) -> bool:
    gap = ((other.weekday * DAY + other.starts) - (one.weekday * DAY + one.starts)) % WEEK
    return gap < one.ends - one.starts or WEEK - gap < other.ends - other.starts


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _in_words(week: Week, kind: IntervalKind) -> list[str]:
    days = [(day, [one.words for one in week.of(kind, day)]) for day in range(7)]
    said = []
    for spans, same in groupby(days, key=lambda pair: pair[1]):
        if spans:
            numbers = [day for day, _spans in same]
            said.append(f"{_days(numbers)} {', '.join(spans)}")
    if kind == IntervalKind.BREAK:
        return [_("break %(when)s") % {"when": one} for one in said]
    return said


def _days(numbers: list[int]) -> str:
    first, last = WEEKDAYS[numbers[0]], WEEKDAYS[numbers[-1]]
    return str(first) if len(numbers) == 1 else _("%(first)s to %(last)s") % {"first": first, "last": last}
