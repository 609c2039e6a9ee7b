"""The holidays of one calendar as people read them, and as a year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from extensions.callflow.holidays import occurrence
from extensions.callflow.hours import clock
from extensions.forms.schedules.holiday import WHICH
from extensions.models import Holiday, HolidayCalendar, HolidayKind
from extensions.services.schedules.problems import is_past
from extensions.snapshot.facts import HolidayFacts
from extensions.snapshot.hours import holiday_facts
from extensions.views.schedules.year_picture import YearPicture, year_picture


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """One line of the list. `following` is the next day that it falls on; `past` flags one that is over (SCH-10)."""

    holiday: Any
    when: str
    hours: str
    following: date | None
    past: bool


def holiday_rows(rows: Iterable[Holiday], *, today: date) -> list[HolidayRow]:
    """Lines in the order in which the holidays come next; those that are over stand last."""
    found = [_row(row, holiday_facts(row), today) for row in rows]
    return sorted(found, key=lambda row: (row.following is None, row.following or date.max, row.holiday.name))


def year_of_calendar(calendar: HolidayCalendar, rows: Iterable[Holiday], *, today: date) -> YearPicture:
    """The present year of one calendar."""
    return year_picture(today.year, holidays=[holiday_facts(row) for row in rows], today=today)


def _row(row: Holiday, facts: HolidayFacts, today: date) -> HolidayRow:
    hours = _("Whole day") if facts.starts is None else f"{clock(facts.starts)}–{clock(facts.ends or 0)}"
    return HolidayRow(row, when_in_words(facts), hours, _following(facts, today), is_past(facts, today))


def when_in_words(facts: HolidayFacts) -> str:
    """“25 December, every year”, “Fourth Thursday of November”, “24 Dec 2026 – 2 Jan 2027”."""
    if facts.kind is HolidayKind.RULE:
        words = {
            "which": dict(WHICH)[facts.nth or 1],
            "weekday": WEEKDAYS[facts.weekday or 0],
            "month": MONTHS[facts.month or 1],
        }
        return _("%(which)s %(weekday)s of %(month)s") % words
    form = "j F" if facts.recurring else "DATE_FORMAT"
    days = [date_format(day, form) for day in (facts.first_day, facts.last_day) if day]
    shown = " – ".join(days)
    return _("%(days)s, every year") % {"days": shown} if facts.recurring else shown


def _following(facts: HolidayFacts, today: date) -> date | None:
    spans = [occurrence(facts, year) for year in range(today.year - 1, today.year + 2)]
    if facts.first_day and facts.first_day.year > today.year + 1:
        spans.append(occurrence(facts, facts.first_day.year))
    return next((max(first, today) for first, last in filter(None, spans) if last >= today), None)
