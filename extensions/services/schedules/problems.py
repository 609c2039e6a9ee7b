"""What is odd about schedules and holidays (SCH-10): flagged on their pages and by the configuration check."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from extensions.models import HolidayKind, IntervalKind, Severity
from extensions.services.schedules.week import Span, overlaps
from extensions.snapshot.facts import HolidayFacts, IntervalFacts, ScheduleFacts, Snapshot
from portal.core.sentences import Sentence

_NO_HOURS = _("There are no office hours: always closed.")


@dataclass(frozen=True, slots=True)
class ScheduleProblem:
    """`code` is overlap, empty_week or past_holiday; a holiday that counts for several schedules is told for each."""

    code: str
    severity: Severity
    schedule_id: int
    schedule: str
    text: Sentence
    holiday_id: int | None = None


def problems_of(snapshot: Snapshot) -> list[ScheduleProblem]:
    """The problems of every schedule, as of the moment of the snapshot."""
    return [
        problem
        for schedule in snapshot.schedules.values()
        for problem in problems_of_schedule(schedule, today=snapshot.taken_at.astimezone(schedule.zone).date())
    ]


def problems_of_schedule(schedule: ScheduleFacts, *, today: date) -> list[ScheduleProblem]:
    """Overlapping intervals, a week without hours, and one-off holidays that are over."""
    found = []
    if not schedule.opening:
        found.append(_problem("empty_week", Severity.ERROR, schedule, Sentence(_NO_HOURS)))
    for kind, intervals in ((IntervalKind.OPEN, schedule.opening), (IntervalKind.BREAK, schedule.breaks)):
        found += [
            _problem("overlap", Severity.WARNING, schedule, sentence) for sentence in _overlapping(kind, intervals)
        ]
    for one in schedule.holidays:
        if is_past(one, today):
            text = Sentence(_("The holiday “%(name)s” is over and will not come back."), {"name": one.name})
            found.append(_problem("past_holiday", Severity.HINT, schedule, text, one.id))
    return found


def is_past(holiday: HolidayFacts, today: date) -> bool:
    """Whether a one-off holiday lies before `today`."""
    last = holiday.last_day or holiday.first_day
    return holiday.kind is not HolidayKind.RULE and not holiday.recurring and last is not None and last < today


def _overlapping(kind: IntervalKind, intervals: Iterable[IntervalFacts]) -> list[Sentence]:
    spans = [Span(one.weekday, one.starts, one.ends, kind) for one in intervals]
    return [
        Sentence(
            _("%(day)s: %(kind)s %(first)s and %(second)s overlap."),
            {
                "day": WEEKDAYS[spans[later].weekday],
                "kind": kind.label,
                "first": spans[earlier].words,
                "second": spans[later].words,
            },
        )
        for later, earlier in overlaps(spans)
    ]


def _problem(
    code: str, severity: Severity, schedule: ScheduleFacts, text: Sentence, holiday_id: int | None = None
) -> ScheduleProblem:
    return ScheduleProblem(code, severity, schedule.id, schedule.name, text, holiday_id)
