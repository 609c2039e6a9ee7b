"""Holiday calendars and the holidays in them (SCH-05)."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.core.files.base import File
from django.db import transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from extensions.models import Holiday, HolidayCalendar, Schedule
from extensions.services.configuration import configuration_changed
from extensions.services.destinations import write_destination
from extensions.services.forwards import demand_sound_destination
from extensions.services.schedules.announcement import with_announcement
from extensions.services.schedules.draft import HolidayDraft, faults_of
from extensions.services.schedules.edit import save_named
from extensions.settings.subjects import COMPANY
from portal.accounts.models import User
from portal.audit.models import Verb
from portal.audit.sets import record_set
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError, Refusals
from portal.core.versions import lock_version

MOST = 1000  # holidays of one calendar
Uploaded = tuple[File, datetime]  # a sound file, and when it came
_SHOWN = ("name", "kind", "first_day", "last_day", "month", "weekday", "nth", "recurring", "starts", "ends")


class HolidayNameTaken(DomainError):
    """The calendar has a holiday of this name."""


class TooManyHolidays(DomainError):
    """A calendar holds at most MOST."""


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
def create_holiday(
    *, calendar: HolidayCalendar, draft: HolidayDraft, by: User, sound: Uploaded | None = None
) -> Holiday:
    """Add a holiday and return it; `sound` is its announcement, kept with it, and then where its calls go.

    Raises Refusals by field, HolidayNameTaken on `name`, TooManyHolidays, ForwardLoop and ForwardDenied on `target`,
    and what upload_sound raises on `file`.
    """
    _demand_right(draft)
    lock_version(HolidayCalendar, calendar.pk, None)  # names and number of its holidays
    demand_room(calendar, 1)
    if sound is not None:
        draft = with_announcement(draft, file=sound[0], by=by, at=sound[1])
    holiday = Holiday(calendar=calendar, **draft.columns())
    holiday.destination = write_destination(None, draft.target)
    _save(holiday)
    demand_sound_destination(target=holiday.destination, subject=COMPANY, field="target")
    configuration_changed(by=by)
    return holiday


@transaction.atomic
def edit_holiday(
    *, holiday: Holiday, draft: HolidayDraft, version: int | None, by: User, sound: Uploaded | None = None
) -> Holiday:
    """Change everything about a holiday. Raises as create_holiday, and ChangedMeanwhile."""
    _demand_right(draft)
    lock_version(HolidayCalendar, holiday.calendar_id, None)  # names of its holidays
    locked: Holiday = lock_version(Holiday, holiday.pk, version)
    if sound is not None:
        draft = with_announcement(draft, file=sound[0], by=by, at=sound[1])
    for name, value in draft.columns().items():
        setattr(locked, name, value)
    locked.destination = write_destination(locked.destination, draft.target)
    _save(locked)
    demand_sound_destination(target=locked.destination, subject=COMPANY, field="target")
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


def _save(holiday: Holiday) -> None:
    sentence = _("This calendar has a holiday called “%(name)s” already.") % {"name": holiday.name}
    with refusing({"holiday_name_unique": HolidayNameTaken(sentence, field="name")}):
        holiday.save()
