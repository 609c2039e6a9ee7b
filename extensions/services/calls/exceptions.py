"""Exceptions by caller and time, in order (CTL-09)."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from extensions.models import CallException, Extension, Schedule
from extensions.services.calls.patterns import clean_prefix
from extensions.services.configuration import configuration_changed
from extensions.services.destinations import Target, write_destination
from extensions.services.forwards import demand_sound_destination
from extensions.settings.subjects import Subject
from portal.accounts.models import User
from portal.core.errors import DomainError
from portal.core.versions import lock_version

MOST = 50


class TooManyExceptions(DomainError):
    """More than anybody can follow."""


@dataclass(frozen=True, slots=True)
class ExceptionFacts:
    """An exception as typed: `prefix` empty means every caller, `target` None that it rings all the same."""

    label: str
    prefix: str
    schedule: Schedule | None
    when_open: bool
    target: Target | None


@transaction.atomic
def add_exception(*, extension: Extension | None, facts: ExceptionFacts, by: User) -> CallException:
    """Add an exception at the end of the list of `extension`, or of the company, and return it.

    Raises NotAPattern (field `prefix`), ForwardLoop and ForwardDenied (field `target`), and TooManyExceptions.
    """
    rows = list(CallException.objects.select_for_update().filter(extension=extension))
    if len(rows) >= MOST:
        raise TooManyExceptions(_("There may be at most %(most)d exceptions here.") % {"most": MOST})
    row = CallException(extension=extension, position=max((one.position for one in rows), default=-1) + 1)
    return _write(row, facts, by)


@transaction.atomic
def edit_exception(*, exception: CallException, facts: ExceptionFacts, version: int | None, by: User) -> CallException:
    """Change an exception and return it. Raises as `add_exception`, and ChangedMeanwhile."""
    return _write(lock_version(CallException, exception.pk, version), facts, by)


@transaction.atomic
def remove_exception(*, exception: CallException, by: User) -> None:
    """Delete an exception with its destination."""
    destination = exception.destination
    exception.delete()
    if destination is not None:
        destination.delete()
    configuration_changed(by=by)


@transaction.atomic
def move_exception(*, exception: CallException, steps: int, by: User) -> None:
    """Move an exception up (`steps` below 0) or down in its list; at the end of the list it stays."""
    locked = CallException.objects.select_for_update().filter(extension=exception.extension_id).order_by("pk")
    # Sorted once they are locked: the database sorts before it waits.
    rows = sorted(locked, key=lambda row: (row.position, row.pk))
    here = next((place for place, row in enumerate(rows) if row.pk == exception.pk), None)
    if here is None:
        return
    rows.insert(max(0, min(here + steps, len(rows) - 1)), rows.pop(here))
    for place, row in enumerate(rows):
        if row.position != place:
            row.position = place
            row.save(update_fields=["position"])
    configuration_changed(by=by)


def _write(row: CallException, facts: ExceptionFacts, by: User) -> CallException:
    row.label = facts.label
    row.prefix = clean_prefix(facts.prefix, field="prefix") if facts.prefix else ""
    row.schedule, row.when_open = facts.schedule, facts.when_open
    row.destination = write_destination(row.destination, facts.target)
    row.save()
    demand_sound_destination(target=row.destination, subject=Subject(extension=row.extension), field="target")
    configuration_changed(by=by)
    return row
