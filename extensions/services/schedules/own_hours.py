"""Hours of its own for one extension (SCH-01): a schedule that nobody else uses, to change at will."""

from django.db import transaction

from extensions.models import Extension, Schedule
from extensions.services.schedules.edit import copy_schedule, create_schedule
from extensions.services.schedules.week import PRESETS, Preset
from extensions.services.settings import change_settings
from extensions.settings.catalogue.hours import HOURS
from extensions.settings.registry import settings_of
from extensions.settings.subjects import Subject, effective_settings
from portal.accounts.models import User


@transaction.atomic
def give_own_hours(*, extension: Extension, by: User) -> Schedule:
    """A copy of the hours that hold for `extension` (else office hours), set for it alone; returns the new schedule.

    Raises SettingLocked while global office hours are on.
    """
    subject = Subject(extension=extension)
    held = effective_settings(subject, settings_of([HOURS]))[HOURS]
    name = _free_name(str(extension)[:50])
    if held.value is not None:
        made = copy_schedule(schedule=held.value, name=name, by=by)
    else:
        made = create_schedule(name=name, time_zone=None, week=PRESETS[Preset.OFFICE], by=by)
    change_settings(subject=subject, values={HOURS: made}, by=by)
    return made


def _free_name(name: str) -> str:
    taken = {one.lower() for one in Schedule.objects.filter(name__istartswith=name).values_list("name", flat=True)}
    names = (name if number == 1 else f"{name} {number}" for number in range(1, len(taken) + 2))
    return next(one for one in names if one.lower() not in taken)
