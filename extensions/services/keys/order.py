"""The order of many keys at once: as somebody dragged them, or by label (BLF-02)."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Case, CharField, F, IntegerField, Value, When
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from extensions.keys.words import JOINED, label_of
from extensions.models import Key, KeyKind, KeyPanel
from extensions.services.configuration import configuration_changed
from extensions.services.keys.panels import demand_free_of_template, demand_position, demand_unlocked, lock_panel
from portal.accounts.models import User
from portal.audit.models import Verb
from portal.audit.sets import record_set
from portal.core.errors import DomainError

# What stands for a key in the log: place and kind, as its own words have it.
SHOWN = Concat(Cast(F("position") + 1, CharField()), Value(": "), "kind")


class NotAnOrder(DomainError):
    """The order names a key twice, or misses one."""

    def __init__(self) -> None:
        super().__init__(
            _("The order must name each key of the page exactly once. Nothing was changed."), field="order"
        )


@transaction.atomic
def reorder_keys(
    *,
    panel: KeyPanel,
    positions: Sequence[int],
    order: Sequence[int],
    by: User,
    version: int | None = None,
    respect_locks: bool = False,
) -> int:
    """Let the keys of a page, whose places are `positions`, stand in the order that `order` names their old places in.

    Returns how many moved. Raises NotAnOrder unless `order` names each of `positions` exactly once, and NoSuchKey,
    KeyLocked, KeyOfTemplate and ChangedMeanwhile.
    """
    if len(order) != len(positions) or set(order) != set(positions) or len(set(positions)) != len(positions):
        raise NotAnOrder
    moves = {old: new for new, old in zip(sorted(positions), order, strict=True) if old != new}
    locked = lock_panel(panel, version)
    if not moves:
        return 0
    demand_position(locked, *positions)
    demand_free_of_template(locked, *moves, *moves.values())
    return _move(locked, moves, by, respect_locks)


@transaction.atomic
def sort_keys(*, panel: KeyPanel, by: User, version: int | None = None, respect_locks: bool = False) -> int:
    """Sort the keys by what the telephone shows beside them, and return how many moved.

    Lines stay where they are, and so does, for people who change their own telephone, what is locked. The places
    that are in use stay the same.
    """
    locked = lock_panel(panel, version)
    keys = [
        key
        for key in Key.objects.filter(panel=locked).select_related(*JOINED).order_by("position")
        if key.kind != KeyKind.LINE and not (respect_locks and key.locked)
    ]
    ordered = sorted(keys, key=lambda key: (label_of(key, locked.extension).casefold(), key.position))
    moves = {
        key.position: place.position for place, key in zip(keys, ordered, strict=True) if key.position != place.position
    }
    return _move(locked, moves, by, respect_locks) if moves else 0


def _move(panel: KeyPanel, moves: dict[int, int], by: User, respect_locks: bool) -> int:
    moving = Key.objects.filter(panel=panel, position__in=list(moves))
    demand_unlocked(list(moving.only("locked")), respect_locks=respect_locks)
    place = Case(*(When(position=old, then=Value(new)) for old, new in moves.items()), output_field=IntegerField())
    record_set(moving.annotate(shown=SHOWN), verb=Verb.PUT, changes={"position": place}, name="shown")
    # audit: written above, from the same rows; the panel is locked
    moved = moving.update(position=place)
    if moved:
        configuration_changed(by=by)
    return moved
