"""Short ways to say a schedule as facts."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from extensions.models import HolidayKind, OverrideMode
from extensions.snapshot.facts import DestinationFacts, HolidayFacts, IntervalFacts, OverrideFacts, ScheduleFacts

BERLIN = ZoneInfo("Europe/Berlin")
WEEKDAYS = tuple(range(5))


def minute(clock: str) -> int:
    """“09:30” as minutes; “30:00” is 06:00 of the next day."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def interval(weekday: int, starts: str, ends: str) -> IntervalFacts:
    return IntervalFacts(weekday, minute(starts), minute(ends))


def week(*spans: tuple[str, str], days: tuple[int, ...] = WEEKDAYS) -> tuple[IntervalFacts, ...]:
    """The same spans on several days."""
    return tuple(interval(day, starts, ends) for day in days for starts, ends in spans)


def schedule(**given: object) -> ScheduleFacts:
    """Monday to Friday 09:00 to 17:00 with a break at noon, unless something else is given."""
    facts = {
        "id": 1,
        "name": "Office",
        "zone": BERLIN,
        "opening": week(("09:00", "17:00")),
        "breaks": week(("12:00", "12:30")),
        "holidays": (),
        "overrides": (),
        **given,
    }
    return ScheduleFacts(**facts)  # type: ignore[arg-type]


def holiday(name: str = "Holiday", first: date | None = None, **given: object) -> HolidayFacts:
    """One day of the company's own calendar, unless something else is given."""
    facts = {
        "id": 1,
        "name": name,
        "kind": HolidayKind.DATE,
        "first_day": first,
        "last_day": None,
        "month": None,
        "weekday": None,
        "nth": None,
        "recurring": False,
        "starts": None,
        "ends": None,
        "destination": None,
        "calendar": "Ours",
        "is_global": False,
        **given,
    }
    return HolidayFacts(**facts)  # type: ignore[arg-type]


def override(
    mode: OverrideMode, starts: datetime, ends: datetime, *, reason: str = "", to: DestinationFacts | None = None
) -> OverrideFacts:
    return OverrideFacts(mode, starts, ends, reason, to)


def at(text: str, zone: ZoneInfo = BERLIN, *, fold: int = 0) -> datetime:
    """“2026-11-26 09:30” on the wall clock of `zone`."""
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
