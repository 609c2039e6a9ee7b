"""Open, closed or special for a while, whatever the hours say; it ends by itself (SCH-09)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from extensions.models import OverrideMode, Schedule, ScheduleOverride
from extensions.services.configuration import configuration_changed
from extensions.services.destinations import Target, write_destination
from extensions.services.forwards import demand_sound_destination
from extensions.settings.subjects import COMPANY
from portal.accounts.models import User
from portal.core.errors import DomainError

LONGEST = timedelta(days=366)


class WrongEnd(DomainError):
    """An override that ends before it begins, has ended already, or lasts too long."""


@transaction.atomic
def override_schedule(  # noqa: PLR0913 - the fields of the page
    *,
    schedule: Schedule,
    mode: OverrideMode,
    ends_at: datetime,
    by: User | None,
    at: datetime,
    starts_at: datetime | None = None,
    reason: str = "",
    target: Target | None = None,
) -> ScheduleOverride:
    """Open or close `schedule` from `starts_at` (or `at`, the present) until `ends_at`, and return the override.

    One that begins now takes the place of those in force. `target` is where calls go meanwhile; without one they go
    where the extension or team sends them. `by` is None for a feature code. Raises WrongEnd on `ends_at`, ForwardLoop
    and ForwardDenied on `target`.
    """
    begins = max(starts_at or at, at)
    if ends_at <= begins:
        raise WrongEnd(_("Choose a time that is still to come."), field="ends_at")
    if ends_at - begins > LONGEST:
        raise WrongEnd(_("At most one year. Change the hours instead."), field="ends_at")
    Schedule.objects.select_for_update().get(pk=schedule.pk)
    if begins == at:
        _end_those_in_force(schedule, at)
    override = ScheduleOverride.objects.create(
        schedule=schedule,
        mode=mode,
        starts_at=begins,
        ends_at=ends_at,
        reason=reason,
        destination=write_destination(None, target),
        by=by,
    )
    demand_sound_destination(target=override.destination, subject=COMPANY, field="target")
    configuration_changed(by=by)
    return override


@transaction.atomic
def end_override(*, override: ScheduleOverride, by: User | None, at: datetime) -> None:
    """End an override now; one that has not begun is taken back. One that is over already stays as it is."""
    Schedule.objects.select_for_update().get(pk=override.schedule_id)
    _end(override, at)
    configuration_changed(by=by)


@transaction.atomic
def end_overrides(*, schedule: Schedule, by: User | None, at: datetime) -> int:
    """Go back to the hours: end whatever is in force now, and return how many there were."""
    Schedule.objects.select_for_update().get(pk=schedule.pk)
    ended = _end_those_in_force(schedule, at)
    if ended:
        configuration_changed(by=by)
    return ended


def _end_those_in_force(schedule: Schedule, at: datetime) -> int:
    found = list(schedule.overrides.filter(starts_at__lte=at, ends_at__gt=at))
    for override in found:
        _end(override, at)
    return len(found)


def _end(override: ScheduleOverride, at: datetime) -> None:
    if override.starts_at >= at:
        destination = override.destination
        override.delete()
        write_destination(destination, None)
    elif override.ends_at > at:
        override.ends_at = at
        override.save()
