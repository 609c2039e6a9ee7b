"""One key: what is on it, where it stands (BLF-02)."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from extensions.models import KEY_POINTERS, Key, KeyKind, KeyPanel
from extensions.services.configuration import configuration_changed
from extensions.services.keys.panels import (
    NoSuchKey,
    demand_free_of_template,
    demand_position,
    demand_unlocked,
    lock_panel,
)
from extensions.services.keys.targets import find_key_target
from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class KeySaid:
    """What a person says about one key: `target` as typed, an empty `label` follows the target's name."""

    kind: KeyKind
    target: str = ""
    label: str = ""
    locked: bool = False


@transaction.atomic
def set_key(
    *,
    panel: KeyPanel,
    position: int,
    said: KeySaid,
    by: User,
    version: int | None = None,
    respect_locks: bool = False,
) -> Key:
    """Put `said` on the key at `position` (from 0) and return it; what was there is replaced.

    `respect_locks` is for people who change their own telephone: a locked key refuses, and they lock none.
    Raises NoSuchKey, KeyLocked, KeyOfTemplate, ChangedMeanwhile, and what finding the target raises (on `target`).
    """
    locked = lock_panel(panel, version)
    demand_position(locked, position)
    demand_free_of_template(locked, position)
    key = Key.objects.filter(panel=locked, position=position).first() or Key(panel=locked, position=position)
    demand_unlocked([key], respect_locks=respect_locks)
    target = find_key_target(said.kind, said.target, panel=locked)
    key.kind = said.kind
    key.label = said.label
    key.number = target.number
    key.locked = said.locked and not respect_locks
    for kind, pointer in KEY_POINTERS.items():
        setattr(key, pointer, target.object if kind is said.kind else None)
    key.save()
    configuration_changed(by=by)
    return key


@transaction.atomic
def remove_key(
    *, panel: KeyPanel, position: int, by: User, version: int | None = None, respect_locks: bool = False
) -> None:
    """Free the key at `position`. Raises NoSuchKey where nothing is on it, and what `set_key` raises."""
    locked = lock_panel(panel, version)
    demand_free_of_template(locked, position)
    key = Key.objects.filter(panel=locked, position=position).first()
    if key is None:
        raise NoSuchKey(_("Nothing is on this key."))
    demand_unlocked([key], respect_locks=respect_locks)
    key.delete()
    configuration_changed(by=by)


@transaction.atomic
def move_key(
    *, panel: KeyPanel, position: int, to: int, by: User, version: int | None = None, respect_locks: bool = False
) -> None:
    """Move what is on `position` to `to`; what is there comes back in exchange.

    A key of the overflow can be moved onto the telephone. Raises NoSuchKey (on `to`), KeyLocked, KeyOfTemplate.
    """
    locked = lock_panel(panel, version)
    demand_position(locked, to, field="to")
    demand_free_of_template(locked, position, to)
    keys = {key.position: key for key in Key.objects.filter(panel=locked, position__in=[position, to])}
    if position not in keys:
        raise NoSuchKey(_("Nothing is on this key."))
    demand_unlocked(list(keys.values()), respect_locks=respect_locks)
    for here, there in ((position, to), (to, position)):
        if here in keys and here != there:
            keys[here].position = there
            keys[here].save(update_fields=["position"])  # the index is asked at the end of the transaction
    configuration_changed(by=by)
