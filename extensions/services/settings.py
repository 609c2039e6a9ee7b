"""Saying something on one level, and taking it back."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from extensions.models import SettingValue
from extensions.services.configuration import configuration_changed
from extensions.services.destinations import Target, write_destination
from extensions.services.forwards import demand_sound_settings
from extensions.settings.registry import Shape, setting, settings_of
from extensions.settings.subjects import Subject, effective_settings
from portal.accounts.models import User
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError


class SettingLocked(DomainError):
    """A level above keeps this setting from being changed here."""


class SetMeanwhile(DomainError):
    """Somebody else said something about the same setting at the same moment."""


class NotSetHere(DomainError):
    """The setting does not exist on this level."""


@transaction.atomic
def change_settings(
    *, subject: Subject, values: Mapping[str, Any], by: User, locks: Mapping[str, bool] | None = None
) -> list[SettingValue]:
    """Let `subject` say `values` (by key: a plain value, an object, or a Target) and return the rows.

    `locks` says for which of the keys lower levels may not differ from now on; keys left out keep their lock.
    Raises SetMeanwhile, SettingLocked and NotSetHere, and for forwards ForwardLoop and ForwardDenied, on the field
    named by the key.
    """
    holding = effective_settings(subject, settings_of(values))
    rows = {row.key: row for row in SettingValue.objects.select_for_update().filter(subject.own_rows())}
    written = []
    for key, value in values.items():
        _demand_free(subject, key, holding[key].locked_by is not None)
        row = rows.get(key) or SettingValue(
            key=key, level=subject.level, team=subject.team, extension=subject.extension
        )
        _hold(row, value)
        row.locked = (locks or {}).get(key, row.locked) and setting(key).lockable
        written.append(row)
    if written:
        _save(written)
        demand_sound_settings(subject=subject, keys=list(values))
        configuration_changed(by=by)
    return written


@transaction.atomic
def reset_settings(*, subject: Subject, keys: Collection[str], by: User) -> int:
    """Let `subject` inherit `keys` again; returns how many it had said something about.

    Raises ForwardLoop and ForwardDenied where what it would inherit must not be.
    """
    rows = list(SettingValue.objects.select_for_update().filter(subject.own_rows(), key__in=keys))
    for row in rows:
        (row.destination or row).delete()  # the row goes with its destination
    if rows:
        demand_sound_settings(subject=subject, keys=[row.key for row in rows])
        configuration_changed(by=by)
    return len(rows)


def _save(rows: list[SettingValue]) -> None:
    too_late = SetMeanwhile(_("Somebody else changed this a moment ago. Open the page anew and look again."))
    with refusing({"setting_once_per_level": too_late}):
        for row in rows:
            row.save()


def _demand_free(subject: Subject, key: str, locked: bool) -> None:
    if subject.level not in setting(key).levels:
        raise NotSetHere(_("This cannot be set here."), field=key)
    if locked:
        raise SettingLocked(_("This is locked above and cannot be changed here."), field=key)


def _hold(row: SettingValue, value: Any) -> None:
    shape = setting(row.key).shape
    if shape is Shape.DESTINATION:
        target = value if isinstance(value, Target) or value is None else Target.of(value)
        row.destination = write_destination(row.destination, target)
    else:
        setattr(row, shape.value, value)
