"""Setting shared parking up, and changing it (PRK-01 to PRK-03)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from extensions.capacity import PARKING_SLOT, capacity
from extensions.limit_words import LimitReached
from extensions.models import ParkingLot, ParkingReturn, ParkingSlot
from extensions.services.configuration import configuration_changed
from extensions.services.deletion import delete_objects
from extensions.services.destinations import Target, write_destination
from extensions.services.forwards import demand_sound_destination
from extensions.services.numbers import demand_numbers_free, taken_instead
from extensions.services.parking.ranges import SlotRange, demand_range
from extensions.services.parking.selectors import keys_with
from extensions.settings.subjects import COMPANY
from portal.accounts.models import User
from portal.audit.models import Verb
from portal.audit.sets import record_set
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError, refuse_management_instance
from portal.core.versions import lock_version

_THE_LOT = 1
_NAMED = 5


class AlreadySetUp(DomainError):
    """A tenant has one lot, and it exists."""


class SlotsInUse(DomainError):
    """Slots that would go stand on keys or speed dials. `slots` are their numbers."""

    def __init__(self, message: str, *, slots: list[str]) -> None:
        super().__init__(message, field="count")
        self.slots = slots


class NoReturnTarget(DomainError):
    """Calls are to return somewhere else, and nobody said where."""


class NoSuchSlot(DomainError):
    """There is no slot with this number."""


@transaction.atomic
def set_up_parking(*, wanted: SlotRange, by: User) -> ParkingLot:
    """Make the lot with its slots, 900 seconds and back to whoever parked, and return it.

    Raises ManagementInstance, AlreadySetUp, what demand_range raises, and NumberTaken and its like on `number`.
    """
    refuse_management_instance()
    demand_range(wanted)
    if ParkingLot.objects.exists():
        raise AlreadySetUp(_("Shared parking is set up already."))
    demand_numbers_free([wanted.number, *wanted.slots])
    _take(wanted.count)
    lot = ParkingLot(pk=_THE_LOT, number=wanted.number)
    with refusing(_clashes()):
        lot.save(force_insert=True)
        _add(lot, wanted.slots)
    configuration_changed(by=by)
    return lot


@transaction.atomic
def edit_parking(  # noqa: PLR0913 - the fields of the page
    *,
    wanted: SlotRange,
    timeout: int,
    returns_to: ParkingReturn,
    destination: Target | None,
    take_off: bool,
    version: int | None,
    by: User,
    at: datetime,
) -> ParkingLot:
    """Change numbers, time and where calls return to. Slots that stay keep their labels and keys.

    Slots that go are taken off keys and speed dials with `take_off`; without it SlotsInUse is raised where there are
    some. Raises ChangedMeanwhile, NoReturnTarget, ForwardLoop and ForwardDenied (field `destination`), what
    demand_range raises, and NumberTaken.
    """
    demand_range(wanted)
    if returns_to == ParkingReturn.DESTINATION and destination is None:
        raise NoReturnTarget(_("Say where calls return to."), field="destination")
    lot: ParkingLot = lock_version(ParkingLot, _THE_LOT, version)
    slots = {slot.number: slot for slot in lot.slots.select_for_update().order_by("number")}
    going = [slot for number, slot in slots.items() if number not in wanted.slots]
    coming = [number for number in wanted.slots if number not in slots]
    moved = [wanted.number] if wanted.number != lot.number else []
    # Numbers that this very change gives back are free for it.
    given_back = {slot.number for slot in going} | ({lot.number} if moved else set())
    demand_numbers_free([number for number in (*moved, *coming) if number not in given_back])
    _let_go(going, take_off=take_off, by=by, at=at)
    _take(len(coming))
    lot.number, lot.timeout, lot.returns_to = wanted.number, timeout, returns_to
    lot.destination = write_destination(
        lot.destination, destination if returns_to == ParkingReturn.DESTINATION else None
    )
    with refusing(_clashes()):
        lot.save()
        _add(lot, coming)
    demand_sound_destination(target=lot.destination, subject=COMPANY)
    configuration_changed(by=by)
    return lot


@transaction.atomic
def label_slots(*, labels: Mapping[str, str], version: int | None, by: User) -> ParkingLot:
    """Call slots by `labels`, by number; slots left out keep theirs. Raises ChangedMeanwhile and NoSuchSlot."""
    lot: ParkingLot = lock_version(ParkingLot, _THE_LOT, version)
    slots = {slot.number: slot for slot in lot.slots.select_for_update()}
    for number, label in labels.items():
        if number not in slots:
            raise NoSuchSlot(_("There is no slot %(number)s any more.") % {"number": number})
        if slots[number].label != label:
            slots[number].label = label
            slots[number].save(update_fields=["label"])  # at most 99, and only those that changed
    lot.save(update_fields=["version"])
    configuration_changed(by=by)
    return lot


def _take(count: int) -> None:
    if not count:
        return
    try:
        capacity().take(PARKING_SLOT, count)
    except LimitReached as reached:
        raise LimitReached(reached.message, field="count") from reached


def _add(lot: ParkingLot, numbers: list[str]) -> None:
    if numbers:
        # audit: written below, by one statement for all
        ParkingSlot.objects.bulk_create([ParkingSlot(lot=lot, number=number) for number in numbers])
        rows = ParkingSlot.objects.filter(number__in=numbers)
        record_set(rows, verb=Verb.POST, fields=["number", "label"], name="number")


def _let_go(going: list[ParkingSlot], *, take_off: bool, by: User, at: datetime) -> None:
    """Delete slots, and what leads to them where `take_off` says so; for ten minutes this can be undone."""
    if not going:
        return
    numbers = [slot.number for slot in going]
    used = [] if take_off else [str(use) for use in keys_with(numbers)]
    if used:
        raise SlotsInUse(_in_use(used), slots=numbers)
    delete_objects(ParkingSlot, [slot.pk for slot in going], by=by, at=at)


def _in_use(named: list[str]) -> str:
    listed = ", ".join(named[:_NAMED]) + (_(" and more") if len(named) > _NAMED else "")
    return _("Slots that would go are still used: %(listed)s. Tick the box below to take them off there, too.") % {
        "listed": listed
    }


def _clashes() -> dict[str, DomainError]:
    return {
        "parking_slot_once": AlreadySetUp(_("Somebody else changed the slots a moment ago. Open the page anew.")),
        "extensions_parkinglot_pkey": AlreadySetUp(_("Shared parking is set up already.")),
        **taken_instead(),
    }
