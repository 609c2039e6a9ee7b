"""Holiday calendars and the holidays in them (SCH-05)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from extensions.models import Holiday, HolidayCalendar, HolidayKind, Schedule
from extensions.services.configuration import configuration_changed
from extensions.services.destinations import Target, write_destination
from extensions.services.schedules.edit import save_named
from portal.accounts.models import User
from portal.audit.models import Verb
from portal.audit.sets import record_set
from portal.core.errors import DomainError, Refusals
from portal.core.versions import lock_version

SHORTEST, LONGEST = 4, 60  # characters of a holiday's name
MOST = 1000  # holidays of one calendar
YEARS = range(2000, 2101)
_SHOWN = ("name", "kind", "first_day", "last_day", "month", "weekday", "nth", "recurring", "starts", "ends")


class HolidayNameTaken(DomainError):
    """The calendar has a holiday of this name."""


class TooManyHolidays(DomainError):
    """A calendar holds at most MOST."""


@dataclass(frozen=True, slots=True)
class HolidayDraft:
    """A holiday before it is saved. `starts` and `ends` are minutes of the day, both None for the whole day."""

    name: str
    kind: HolidayKind = HolidayKind.DATE
    first_day: date | None = None
    last_day: date | None = None
    month: int | None = None
    weekday: int | None = None
    nth: int | None = None
    recurring: bool = False
    starts: int | None = None
    ends: int | None = None
    target: Target | None = None

    def columns(self) -> dict[str, Any]:
        """The columns of the row; what does not belong to the kind is left empty, and a rule comes back every year."""
        dated, rule = self.kind is not HolidayKind.RULE, self.kind is HolidayKind.RULE
        return {
            "name": self.name,
            "kind": self.kind.value,
            "first_day": self.first_day if dated else None,
            "last_day": self.last_day if self.kind is HolidayKind.RANGE else None,
            "month": self.month if rule else None,
            "weekday": self.weekday if rule else None,
            "nth": self.nth if rule else None,
            "recurring": self.recurring or rule,
            "starts": self.starts,
            "ends": self.ends,
        }


def name_fault(name: str) -> str:
    """What is wrong with a holiday's name, or an empty text."""
    if SHORTEST <= len(name) <= LONGEST:
        return ""
    return _("Use %(least)d to %(most)d characters.") % {"least": SHORTEST, "most": LONGEST}


def faults_of(draft: HolidayDraft) -> dict[str, str]:
    """What is wrong with a draft, by field."""
    found = {"name": name_fault(draft.name), **_day_faults(draft)}
    if (draft.starts is None) != (draft.ends is None):
        found["ends" if draft.ends is None else "starts"] = _("Say both times, or none for the whole day.")
    elif draft.starts is not None and draft.ends is not None and draft.ends <= draft.starts:
        found["ends"] = _("The end must be after the start.")
    return {field: sentence for field, sentence in found.items() if sentence}


@transaction.atomic
def create_calendar(*, name: str, is_global: bool, schedules: Iterable[Schedule], by: User) -> HolidayCalendar:
    """Create an empty calendar that counts for `schedules`, or for everybody. Raises ScheduleNameTaken on `name`."""
    calendar: HolidayCalendar = save_named(HolidayCalendar(name=name, is_global=is_global))
    attach(calendar, schedules, among=None)
    configuration_changed(by=by)
    return calendar


@transaction.atomic
def edit_calendar(  # noqa: PLR0913 - the fields of the page
    *,
    calendar: HolidayCalendar,
    name: str,
    is_global: bool,
    schedules: Iterable[Schedule],
    among: Collection[int] | None,
    version: int | None,
    by: User,
) -> HolidayCalendar:
    """Rename it and say for which schedules it counts; those not `among` the ids (None: all) stay as they are."""
    locked: HolidayCalendar = lock_version(HolidayCalendar, calendar.pk, version)
    locked.name, locked.is_global = name, is_global
    save_named(locked)
    attach(locked, schedules, among=among)
    configuration_changed(by=by)
    return locked


def attach(calendar: HolidayCalendar, schedules: Iterable[Schedule], *, among: Collection[int] | None) -> None:
    """Let the calendar count for these schedules and, of those `among` the ids, for no others."""
    wanted = {one.pk: one for one in schedules}
    present = {one.pk: one for one in calendar.schedules.all()}
    for pk in wanted.keys() - present.keys():
        wanted[pk].calendars.add(calendar)
    for pk in present.keys() - wanted.keys():
        if among is None or pk in among:
            present[pk].calendars.remove(calendar)


@transaction.atomic
def create_holiday(*, calendar: HolidayCalendar, draft: HolidayDraft, by: User) -> Holiday:
    """Add a holiday and return it. Raises Refusals by field, HolidayNameTaken on `name`, TooManyHolidays."""
    _demand_right(draft)
    demand_room(calendar, 1)
    holiday = Holiday(calendar=calendar, **draft.columns())
    holiday.destination = write_destination(None, draft.target)
    _save(holiday)
    configuration_changed(by=by)
    return holiday


@transaction.atomic
def edit_holiday(*, holiday: Holiday, draft: HolidayDraft, version: int | None, by: User) -> Holiday:
    """Change everything about a holiday. Raises as create_holiday, and ChangedMeanwhile."""
    _demand_right(draft)
    locked: Holiday = lock_version(Holiday, holiday.pk, version)
    for name, value in draft.columns().items():
        setattr(locked, name, value)
    locked.destination = write_destination(locked.destination, draft.target)
    _save(locked)
    configuration_changed(by=by)
    return locked


@transaction.atomic
def add_holidays(
    *, calendar: HolidayCalendar, drafts: Iterable[HolidayDraft], by: User, source: tuple[str, str] = ("", "")
) -> int:
    """Add those whose name the calendar does not have yet, by one statement, and return how many.

    Drafts have no destination of their own; `source` is the country and region that they were taken from.
    Raises Refusals where one is wrong, and TooManyHolidays.
    """
    locked = HolidayCalendar.objects.select_for_update().get(pk=calendar.pk)
    if source[0] and (locked.country, locked.region) != source:
        locked.country, locked.region = source
        locked.save()
    taken = names_of(calendar)
    fresh: dict[str, HolidayDraft] = {}
    for draft in drafts:
        _demand_right(draft)
        if draft.name.lower() not in taken:
            fresh.setdefault(draft.name.lower(), draft)
    demand_room(calendar, len(fresh))
    # audit: recorded below, from the rows that were inserted
    made = Holiday.objects.bulk_create([Holiday(calendar=calendar, **one.columns()) for one in fresh.values()])
    if made:
        record_set(Holiday.objects.filter(pk__in=[one.pk for one in made]), verb=Verb.POST, fields=_SHOWN, name="name")
        configuration_changed(by=by)
    return len(made)


def names_of(calendar: HolidayCalendar) -> set[str]:
    """The names that a calendar has, in lower case."""
    return set(calendar.holidays.values_list(Lower("name"), flat=True))


def demand_room(calendar: HolidayCalendar, more: int) -> None:
    """Raise TooManyHolidays where `more` would not fit."""
    if calendar.holidays.count() + more > MOST:
        raise TooManyHolidays(_("A calendar holds at most %(most)d holidays.") % {"most": MOST})


def _demand_right(draft: HolidayDraft) -> None:
    faults = faults_of(draft)
    if faults:
        raise Refusals(faults)


def _day_faults(draft: HolidayDraft) -> dict[str, str]:
    if draft.kind is HolidayKind.RULE:
        asked = {"month": draft.month, "weekday": draft.weekday, "nth": draft.nth}
        return {name: _("Choose one.") for name, value in asked.items() if value is None}
    if draft.first_day is None:
        return {"first_day": _("Choose the day.")}
    if draft.first_day.year not in YEARS:
        return {"first_day": _("Choose a day between 2000 and 2100.")}
    return _range_faults(draft, draft.first_day) if draft.kind is HolidayKind.RANGE else {}


def _range_faults(draft: HolidayDraft, first: date) -> dict[str, str]:
    if draft.last_day is None:
        return {"last_day": _("Choose the last day.")}
    if draft.last_day < first:
        return {"last_day": _("The last day must not be before the first.")}
    return {"last_day": _("At most one year.")} if (draft.last_day - first).days > 365 else {}


def _save(holiday: Holiday) -> None:
    try:
        with transaction.atomic():
            holiday.save()
    except IntegrityError as clash:
        if "holiday_name_unique" not in str(clash):
            raise
        words = {"name": holiday.name}
        raise HolidayNameTaken(
            _("This calendar has a holiday called “%(name)s” already.") % words, field="name"
        ) from clash
