"""Schedules, holidays and destinations as facts."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from extensions.models import (
    Destination,
    DestinationKind,
    Holiday,
    HolidayKind,
    IntervalKind,
    OverrideMode,
    Schedule,
    ScheduleOverride,
    WeekInterval,
)
from extensions.models.destination import POINTERS
from extensions.snapshot.facts import DestinationFacts, HolidayFacts, IntervalFacts, OverrideFacts, ScheduleFacts


def destination_facts(row: Destination | None) -> DestinationFacts | None:
    """A stored destination as facts."""
    if row is None:
        return None
    kind = DestinationKind(row.kind)
    pointer = POINTERS.get(kind)
    return DestinationFacts(kind, (getattr(row, f"{pointer}_id") or 0) if pointer else 0, row.number)


def load_schedules(zone: ZoneInfo) -> dict[int, ScheduleFacts]:
    """Every schedule of the active schema, in five queries; `zone` counts where a schedule names none."""
    intervals = _grouped(WeekInterval.objects.order_by("weekday", "starts"), "schedule_id")
    overrides = _grouped(
        ScheduleOverride.objects.select_related("destination").order_by("starts_at", "pk"), "schedule_id"
    )
    holidays = _grouped(_holidays(), "calendar_id")
    links = _grouped(Schedule.calendars.through.objects.order_by("pk"), "schedule_id")
    everybody = [one for found in holidays.values() for one in found if one.calendar.is_global]
    facts = {}
    for schedule in Schedule.objects.order_by("pk"):
        own = [one for link in links[schedule.pk] for one in holidays[link.holidaycalendar_id]]
        both = {one.pk: one for one in [*own, *everybody]}.values()
        facts[schedule.pk] = schedule_facts(
            schedule, zone=zone, intervals=intervals[schedule.pk], holidays=both, overrides=overrides[schedule.pk]
        )
    return facts


def schedule_facts(
    schedule: Schedule,
    *,
    zone: ZoneInfo,
    intervals: Iterable[WeekInterval],
    holidays: Iterable[Holiday],
    overrides: Iterable[ScheduleOverride],
) -> ScheduleFacts:
    """One schedule as facts, from rows that were read already (holidays with `calendar` and `destination`)."""
    rows = list(intervals)
    return ScheduleFacts(
        id=schedule.pk or 0,
        name=schedule.name,
        zone=ZoneInfo(str(schedule.time_zone)) if schedule.time_zone else zone,
        opening=tuple(_interval(row) for row in rows if row.kind == IntervalKind.OPEN),
        breaks=tuple(_interval(row) for row in rows if row.kind == IntervalKind.BREAK),
        holidays=tuple(holiday_facts(row) for row in holidays),
        overrides=tuple(_override(row) for row in overrides),
    )


def _holidays() -> Any:
    return Holiday.objects.select_related("calendar", "destination").order_by("calendar_id", "pk")


def _interval(row: WeekInterval) -> IntervalFacts:
    return IntervalFacts(row.weekday, row.starts, row.ends)


def _override(row: ScheduleOverride) -> OverrideFacts:
    where = destination_facts(row.destination)
    return OverrideFacts(OverrideMode(row.mode), row.starts_at, row.ends_at, row.reason, where)


def holiday_facts(row: Holiday) -> HolidayFacts:
    """One holiday as facts, from a row read with `calendar` and `destination`."""
    return HolidayFacts(
        id=row.pk,
        name=row.name,
        kind=HolidayKind(row.kind),
        first_day=row.first_day,
        last_day=row.last_day,
        month=row.month,
        weekday=row.weekday,
        nth=row.nth,
        recurring=row.recurring,
        starts=row.starts,
        ends=row.ends,
        destination=destination_facts(row.destination),
        calendar=row.calendar.name,
        is_global=row.calendar.is_global,
    )


def _grouped(rows: Iterable[Any], name: str) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found
