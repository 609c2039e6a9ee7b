"""Reads about shared parking: the board, and where slots stand on keys and speed dials."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from extensions.models import Key, ParkingLot, ParkingSlot, SpeedDial
from extensions.pbx.events import Parked
from extensions.pbx.live.reader import LinkNow
from extensions.services.parking.states import SlotState, slot_states


@dataclass(frozen=True, slots=True)
class SlotUse:
    """One place that leads to a slot: a key of an extension or of a template, or a speed dial."""

    slot: str
    words: str

    def __str__(self) -> str:
        return f"{self.slot} ({self.words})"


@dataclass(frozen=True, slots=True)
class SlotView:
    """One slot of the board. `uses` are the keys and speed dials that lead to it."""

    number: str
    label: str
    state: SlotState
    parked: Parked | None = None
    uses: list[SlotUse] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Board:
    """The lot with its slots in order. `link` is how far their states can be believed."""

    lot: ParkingLot
    slots: list[SlotView]
    link: LinkNow


def the_lot() -> ParkingLot | None:
    """The tenant's lot with its destination, or None where parking is not set up."""
    return ParkingLot.objects.select_related("destination").first()


def slots_in_order(lot: ParkingLot) -> list[ParkingSlot]:
    """The slots by number."""
    return _in_order(lot.slots.all())


def _in_order(slots: Iterable[ParkingSlot]) -> list[ParkingSlot]:
    return sorted(slots, key=lambda slot: (len(slot.number), slot.number))


def board() -> Board | None:
    """Everything that the page shows, in four queries; None where parking is not set up."""
    found = list(ParkingSlot.objects.select_related("lot__destination"))
    if not found:
        return None
    slots = _in_order(found)
    numbers = [slot.number for slot in slots]
    states = slot_states()
    uses: dict[str, list[SlotUse]] = {number: [] for number in numbers}
    for use in keys_with(numbers):
        uses[use.slot].append(use)
    shown = [
        SlotView(one.number, one.label, states.of(one.number), states.parked.get(one.number), uses[one.number])
        for one in slots
    ]
    return Board(slots[0].lot, shown, states.link)


def keys_with(numbers: Collection[str]) -> list[SlotUse]:
    """Every key and every speed dial that leads to one of the slots `numbers`, in two queries."""
    leading = Q(slot__number__in=numbers) | Q(number__in=numbers)
    keys = Key.objects.filter(leading).select_related("slot", "panel__extension")
    dials = SpeedDial.objects.filter(number__in=numbers).select_related("extension")
    found = [
        SlotUse(key.slot.number if key.slot else key.number, _("key of %(panel)s") % {"panel": key.panel})
        for key in keys.order_by("panel_id", "position")
    ]
    found += [
        SlotUse(dial.number, _("speed dial %(code)s of %(whom)s") % {"code": dial.code, "whom": dial.extension})
        if dial.extension
        else SlotUse(dial.number, _("speed dial %(code)s") % {"code": dial.code})
        for dial in dials.order_by("code", "pk")
    ]
    return found


def slots_to_pick() -> QuerySet[ParkingSlot]:
    """The slots that a key can be given (PRK-05), by number."""
    return ParkingSlot.objects.order_by("number")
