"""On which days a holiday counts, and which one decides where several fall together (SCH-05).

29 February of a yearly holiday is 28 February in years without it. A yearly holiday counts from the year of its first
day on. Several at once: a time range before the whole day, one day before several, one-off before yearly, the
schedule's own calendars before the global ones, then the order of the calendars.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from extensions.models import HolidayKind
from extensions.snapshot.facts import HolidayFacts

LAST = -1
_SPECIFIC = {HolidayKind.DATE: 0, HolidayKind.RULE: 0, HolidayKind.RANGE: 1}


def same_day_in(day: date, year: int) -> date:
    """`day` in another year; 29 February becomes the 28th where there is none."""
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The `nth` (1 to 4, or LAST) weekday (0 = Monday) of a month."""
    first = date(year, month, 1)
    found = first + timedelta(days=(weekday - first.weekday()) % 7)
    if nth != LAST:
        return found + timedelta(weeks=nth - 1)
    days = monthrange(year, month)[1]
    return found + timedelta(weeks=(days - found.day) // 7)


def occurrence(holiday: HolidayFacts, year: int) -> tuple[date, date] | None:
    """First and last day of the occurrence that begins in `year`; None where none does."""
    if holiday.kind is HolidayKind.RULE:
        found = nth_weekday(year, holiday.month or 1, holiday.weekday or 0, holiday.nth or 1)
        return found, found
    first = holiday.first_day
    if first is None or year < first.year or (year > first.year and not holiday.recurring):
        return None
    last = holiday.last_day or first
    return same_day_in(first, year), same_day_in(last, year + last.year - first.year)


def counts_on(holiday: HolidayFacts, day: date) -> bool:
    """Whether the holiday falls on this day, whatever the hour."""
    first, last = holiday.first_day, holiday.last_day
    if holiday.kind is HolidayKind.DATE and first is not None:  # nearly all of them are: no years to go through
        if not holiday.recurring:
            return first == day
        return first.month == day.month and first.year <= day.year and same_day_in(first, day.year) == day
    across = last.year - first.year if first and last else 0
    found = (occurrence(holiday, year) for year in range(day.year - across, day.year + 1))
    return any(span is not None and span[0] <= day <= span[1] for span in found)


def in_order(holidays: Iterable[HolidayFacts]) -> list[HolidayFacts]:
    """The holidays with those first that decide over the others."""
    return sorted(holidays, key=_rank)  # stable: the order of the calendars stays


def holiday_at(
    holidays: Iterable[HolidayFacts], day: date, minute: int, *, exempt: bool = False
) -> HolidayFacts | None:
    """The holiday that decides in this minute of the day. `exempt` leaves out those of global calendars."""
    found = [one for one in holidays if not (exempt and one.is_global) and _covers(one, minute) and counts_on(one, day)]
    return in_order(found)[0] if found else None


def _covers(holiday: HolidayFacts, minute: int) -> bool:
    return holiday.starts is None or holiday.ends is None or holiday.starts <= minute < holiday.ends


def _rank(holiday: HolidayFacts) -> tuple[bool, int, bool, bool]:
    return holiday.starts is None, _SPECIFIC[holiday.kind], holiday.recurring, holiday.is_global
