"""Creating, changing and copying schedules (SCH-01, SCH-07)."""

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from extensions.models import HolidayCalendar, IntervalKind, Schedule, WeekInterval
from extensions.services.configuration import configuration_changed
from extensions.services.schedules.week import Span, Week, faults_of
from portal.accounts.models import User
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError
from portal.core.versions import lock_version


class ScheduleNameTaken(DomainError):
    """Another schedule has this name."""


class WrongHours(DomainError):
    """Hours that end before they begin, overlap, or are too many; `faults` says which, by place."""

    def __init__(self, faults: Mapping[int, str]) -> None:
        super().__init__(_("Some hours need another look: ") + " ".join(dict.fromkeys(faults.values())), field="week")
        self.faults = dict(faults)


@transaction.atomic
def create_schedule(
    *, name: str, time_zone: ZoneInfo | None, week: Week, by: User, calendars: Iterable[HolidayCalendar] = ()
) -> Schedule:
    """Create a schedule and return it; without `time_zone` the company's counts.

    Raises ScheduleNameTaken (field `name`) and WrongHours (field `week`).
    """
    _demand_right(week)
    schedule = save_named(Schedule(name=name, time_zone=time_zone))
    _write_week(schedule, week)
    schedule.calendars.set(calendars)
    configuration_changed(by=by)
    return schedule


@transaction.atomic
def edit_schedule(  # noqa: PLR0913 - the fields of the page
    *,
    schedule: Schedule,
    name: str,
    time_zone: ZoneInfo | None,
    week: Week,
    calendars: Iterable[HolidayCalendar],
    version: int | None,
    by: User,
) -> Schedule:
    """Change everything about a schedule and return it. Raises as create_schedule, and ChangedMeanwhile."""
    _demand_right(week)
    locked: Schedule = lock_version(Schedule, schedule.pk, version)
    locked.name, locked.time_zone = name, time_zone
    save_named(locked)
    _write_week(locked, week)
    locked.calendars.set(calendars)
    configuration_changed(by=by)
    return locked


@transaction.atomic
def copy_schedule(*, schedule: Schedule, name: str, by: User) -> Schedule:
    """A new schedule with the same zone, hours and holiday calendars; what is opened or closed by hand stays behind."""
    return create_schedule(
        name=name,
        time_zone=schedule.time_zone,
        week=week_of(schedule),
        calendars=schedule.calendars.all(),
        by=by,
    )


def week_of(schedule: Schedule) -> Week:
    """The stored hours as a value, in one query (none where they were prefetched)."""
    rows = schedule.intervals.all()
    return Week(tuple(sorted(Span(row.weekday, row.starts, row.ends, IntervalKind(row.kind)) for row in rows)))


def save_named(row: Any) -> Any:
    """Save; a name that somebody else took becomes ScheduleNameTaken."""
    taken = ScheduleNameTaken(_("There is one called “%(name)s” already.") % {"name": row.name}, field="name")
    with refusing({"schedule_name_unique": taken, "holiday_calendar_name_unique": taken}):
        row.save()
    return row


def _demand_right(week: Week) -> None:
    faults = faults_of(week.spans)
    if faults:
        raise WrongHours(faults)


def _write_week(schedule: Schedule, week: Week) -> None:
    wanted = {(one.kind.value, one.weekday, one.starts, one.ends) for one in week.spans}
    kept = set()
    for row in schedule.intervals.all():
        key = (row.kind, row.weekday, row.starts, row.ends)
        if key in wanted:
            kept.add(key)
        else:
            row.delete()
    for kind, weekday, starts, ends in sorted(wanted - kept):
        WeekInterval.objects.create(schedule=schedule, kind=kind, weekday=weekday, starts=starts, ends=ends)
