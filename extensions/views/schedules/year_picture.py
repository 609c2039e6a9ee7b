"""A year as a picture: twelve months of days, with the holidays and what was forced by hand; and the same as a list."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dates import MONTHS_3
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from extensions.callflow.holidays import occurrence
from extensions.callflow.hours import clock
from extensions.models import OverrideMode
from extensions.snapshot.facts import HolidayFacts, OverrideFacts

LABEL, CELL, ROW, HEAD = 40, 26, 20, 18  # pixels of the drawing


@dataclass(frozen=True, slots=True)
class YearCell:
    """One day, with what falls on it."""

    x: int
    y: int
    css: str
    title: str


@dataclass(frozen=True, slots=True)
class YearEntry:
    """One line of the list."""

    when: str
    name: str
    where: str  # the calendar, or how it was forced
    hours: str
    first: date


@dataclass(frozen=True, slots=True)
class YearPicture:
    year: int
    months: list[tuple[int, str]]
    days: list[tuple[int, int]]
    cells: list[YearCell]
    entries: list[YearEntry]
    summary: str
    width: int = LABEL + 31 * CELL
    height: int = HEAD + 12 * ROW


def year_picture(
    year: int, *, holidays: Iterable[HolidayFacts], overrides: Iterable[OverrideFacts] = (), today: date
) -> YearPicture:
    """Every holiday that falls into `year`, and every override that does (in the days of UTC)."""
    found = sorted(
        [*_holidays(year, holidays), *_overrides(year, overrides)], key=lambda one: (one[0].first, one[0].name)
    )
    by_day: dict[date, list[tuple[str, str]]] = defaultdict(list)
    for entry, css, days in found:
        for day in days:
            by_day[day].append((css, entry.name))
    count = len(found)
    counted = ngettext("%(n)d holiday or exception in %(year)d.", "%(n)d holidays and exceptions in %(year)d.", count)
    return YearPicture(
        year=year,
        months=[(HEAD + (month - 1) * ROW, str(MONTHS_3[month]).capitalize()) for month in range(1, 13)],
        days=[(LABEL + (day - 1) * CELL, day) for day in range(1, 32)],
        cells=[_cell(day, by_day.get(day, []), today) for day in _days(date(year, 1, 1), date(year, 12, 31))],
        entries=[entry for entry, _css, _its in found],
        summary=counted % {"n": count, "year": year},
    )


def _holidays(year: int, holidays: Iterable[HolidayFacts]) -> Iterator[tuple[YearEntry, str, list[date]]]:
    for one in holidays:
        for begins in (year - 1, year):
            span = occurrence(one, begins)
            days = [day for day in _days(*span) if day.year == year] if span else []
            if days:
                whole = one.starts is None or one.ends is None
                hours = _("Whole day") if whole else f"{clock(one.starts or 0)}–{clock(one.ends or 0)}"
                entry = YearEntry(_when(days), one.name, one.calendar, hours, days[0])
                yield entry, "holiday" if whole else "part", days


def _overrides(year: int, overrides: Iterable[OverrideFacts]) -> Iterator[tuple[YearEntry, str, list[date]]]:
    for one in overrides:
        last = (one.ends_at - timedelta(minutes=1)).date()  # one that ends at midnight ends the day before
        days = [day for day in _days(one.starts_at.date(), max(last, one.starts_at.date())) if day.year == year]
        if days:
            label = str(OverrideMode(one.mode).label)
            yield YearEntry(_when(days), one.reason or label, _("By hand"), label, days[0]), "by-hand", days


def _cell(day: date, found: list[tuple[str, str]], today: date) -> YearCell:
    css = found[0][0] if found else ("weekend" if day.weekday() > 4 else "plain")
    names = ", ".join(name for _css, name in found)
    shown = date_format(day, "DATE_FORMAT")
    title = f"{shown}: {names}" if names else shown
    x, y = LABEL + (day.day - 1) * CELL, HEAD + (day.month - 1) * ROW
    return YearCell(x, y, f"{css} is-today" if day == today else css, title)


def _when(days: list[date]) -> str:
    first, last = date_format(days[0], "D j M"), date_format(days[-1], "D j M")
    return first if len(days) == 1 else f"{first} – {last}"


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
