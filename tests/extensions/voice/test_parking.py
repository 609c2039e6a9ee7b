"""Shared parking: one click, a contiguous range without collisions, labels, keys and speed dials (PRK-01 to PRK-05)."""

import pytest
from django.db import IntegrityError, connection, transaction

from extensions.limit_words import LimitReached
from extensions.models import (
    Configuration,
    Deletion,
    Destination,
    DestinationKind,
    DialNumber,
    Extension,
    FeatureCode,
    Key,
    KeyPanel,
    ParkingLot,
    ParkingReturn,
    ParkingSlot,
    SpeedDial,
    Team,
)
from extensions.services.deletion import delete_object, undo_deletion
from extensions.services.destinations import Target
from extensions.services.numbers import EmergencyNumber, NumberTaken
from extensions.services.parking.lot import (
    AlreadySetUp,
    NoReturnTarget,
    NoSuchSlot,
    SlotsInUse,
    edit_parking,
    label_slots,
    set_up_parking,
)
from extensions.services.parking.place import (
    CodeTaken,
    FollowsTemplate,
    TooMany,
    put_slot_on_keys,
    put_slot_on_speed_dial,
)
from extensions.services.parking.ranges import BadRange, SlotRange, demand_range, proposed_range
from extensions.services.parking.selectors import board
from extensions.services.parking.states import SlotState
from extensions.services.shapes import NotAnExtensionNumber
from extensions.services.speed_dials.codes import CodeOfFeature
from extensions.snapshot.load import take_snapshot
from portal.accounts.models import User
from portal.audit.models import LogEntry
from portal.core.errors import ManagementInstance
from portal.core.versions import ChangedMeanwhile
from tenants.models import Tenant
from tests.extensions.conftest import NOON

USUAL = SlotRange("800", "801", 10)


@pytest.fixture
def lot(inside_alpha: Tenant, owner: User) -> ParkingLot:
    return set_up_parking(wanted=USUAL, by=owner)


def numbers() -> list[str]:
    return sorted(ParkingSlot.objects.values_list("number", flat=True))


def change(by: User, wanted: SlotRange = USUAL, **other: object) -> ParkingLot:
    given = {"timeout": 900, "returns_to": ParkingReturn.PARKER, "destination": None, "take_off": False}
    return edit_parking(wanted=wanted, by=by, at=NOON, **{**given, "version": None, **other})


@pytest.mark.feature("PRK-01", "PRK-02", "PRK-03")
def test_parking_is_set_up_with_ten_slots_and_fifteen_minutes(lot: ParkingLot) -> None:
    parking = take_snapshot(at=NOON).parking

    assert (parking.number, parking.slots) == ("800", tuple(str(n) for n in range(801, 811)))
    assert (parking.timeout, parking.returns_to) == (900, ParkingReturn.PARKER)
    assert DialNumber.objects.filter(number__startswith="8").count() == 11
    assert LogEntry.objects.filter(table="Parking slot").count() == 10


@pytest.mark.feature("PRK-02")
def test_the_proposal_avoids_what_is_taken(inside_alpha: Tenant) -> None:
    assert proposed_range() == USUAL

    Team.objects.create(name="Sales", number="805")
    assert proposed_range() == SlotRange("700", "701", 10)

    for start in (700, 900, 600, 500, 400, 300, 200):
        Team.objects.create(name=f"Team {start}", number=str(start))
    assert proposed_range() == SlotRange("8000", "8001", 10)

    for start in (8000, 7000, 9000, 6000):
        Team.objects.create(name=f"Team {start}", number=str(start))
    assert proposed_range() is None


@pytest.mark.feature("PRK-01")
def test_there_is_one_lot_and_none_in_the_management_instance(lot: ParkingLot, owner: User) -> None:
    with pytest.raises(AlreadySetUp):
        set_up_parking(wanted=SlotRange("700", "701", 3), by=owner)


@pytest.mark.feature("PRK-01", "PLT-02")
def test_the_management_instance_has_no_parking(db: None, olivia: User) -> None:
    with pytest.raises(ManagementInstance):
        set_up_parking(wanted=USUAL, by=olivia)


@pytest.mark.feature("PRK-02")
@pytest.mark.parametrize(
    ("wanted", "refusal", "field"),
    [
        (SlotRange("80", "801", 10), NotAnExtensionNumber, "number"),
        (SlotRange("800", "8x1", 10), NotAnExtensionNumber, "first"),
        (SlotRange("800", "801", 0), BadRange, "count"),
        (SlotRange("800", "801", 100), BadRange, "count"),
        (SlotRange("800", "995", 10), BadRange, "count"),
        (SlotRange("805", "801", 10), BadRange, "first"),
    ],
)
def test_a_range_that_does_not_fit_is_refused(wanted: SlotRange, refusal: type[Exception], field: str) -> None:
    with pytest.raises(refusal) as told:
        demand_range(wanted)

    assert told.value.field == field


@pytest.mark.feature("PRK-02", "TEN-06")
def test_the_tenants_limit_of_slots_holds_on_both_ways(inside_alpha: Tenant, owner: User) -> None:
    connection.tenant.limits = {"parking_slots": 5}

    with pytest.raises(LimitReached) as refusal:
        set_up_parking(wanted=USUAL, by=owner)
    assert refusal.value.field == "count"
    set_up_parking(wanted=SlotRange("800", "801", 5), by=owner)
    with pytest.raises(LimitReached):
        change(owner, SlotRange("800", "801", 6))
    change(owner, SlotRange("800", "803", 5))


@pytest.mark.feature("PRK-02")
def test_ninety_nine_slots_are_the_most_and_leading_zeros_stay() -> None:
    demand_range(SlotRange("800", "801", 99))

    assert SlotRange("010", "011", 3).slots == ["011", "012", "013"]


@pytest.mark.feature("PRK-02", "TEN-06")
@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        (SlotRange("100", "101", 10), NumberTaken),
        (SlotRange("600", "601", 10), NumberTaken),
        (SlotRange("990", "991", 5), EmergencyNumber),
    ],
)
def test_slots_collide_with_nothing(
    inside_alpha: Tenant, owner: User, wanted: SlotRange, refusal: type[Exception]
) -> None:
    Team.objects.create(name="Sales", number="600")

    with pytest.raises(refusal):
        set_up_parking(wanted=wanted, by=owner)
    assert not ParkingSlot.objects.exists()


@pytest.mark.feature("PRK-02")
def test_feature_codes_begin_with_a_star_so_that_no_slot_can_collide(inside_alpha: Tenant) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        FeatureCode.objects.filter(code="*97").update(code="804")


@pytest.mark.feature("PRK-02", "PRK-03")
def test_the_range_grows_shrinks_and_moves_over_its_own_numbers(lot: ParkingLot, owner: User) -> None:
    kept = ParkingSlot.objects.get(number="805").pk

    change(owner, SlotRange("800", "803", 12))
    assert numbers() == [str(n) for n in range(803, 815)]
    change(owner, SlotRange("803", "804", 3), timeout=15)
    assert numbers() == ["804", "805", "806"]
    assert ParkingLot.objects.get().number == "803"
    assert ParkingSlot.objects.get(number="805").pk == kept


@pytest.mark.feature("PRK-03")
def test_calls_return_to_the_parker_or_somewhere_else(lot: ParkingLot, owner: User) -> None:
    target = Target(DestinationKind.EXTENSION, Extension.objects.get(number="101"))

    with pytest.raises(NoReturnTarget):
        change(owner, returns_to=ParkingReturn.DESTINATION)
    there = change(owner, returns_to=ParkingReturn.DESTINATION, destination=target)
    assert str(there.destination) == f"Extension: {target.object}"
    back = change(owner, destination=target)

    assert back.destination is None
    assert not Destination.objects.exists()


@pytest.mark.feature("PRK-03", "UXP-05")
def test_whoever_saves_last_sees_what_the_other_did(lot: ParkingLot, owner: User) -> None:
    before = Configuration.objects.get().version
    change(owner, version=1, timeout=60)

    with pytest.raises(ChangedMeanwhile):
        change(owner, version=1)
    with pytest.raises(ChangedMeanwhile):
        label_slots(labels={}, version=1, by=owner)
    assert Configuration.objects.get().version == before + 1


@pytest.mark.feature("PRK-01")
def test_slots_have_labels_that_stay_with_them(lot: ParkingLot, owner: User) -> None:
    label_slots(labels={"801": "Sales", "802": "Workshop"}, version=1, by=owner)
    change(owner, SlotRange("800", "801", 1))

    assert str(ParkingSlot.objects.get()) == "801 Sales"
    with pytest.raises(NoSuchSlot, match="802"):
        label_slots(labels={"802": "Late"}, version=None, by=owner)


@pytest.mark.feature("PRK-05")
def test_a_slot_stands_on_keys_behind_the_last_one_and_on_a_speed_dial(lot: ParkingLot, owner: User) -> None:
    slot, extension = ParkingSlot.objects.get(number="803"), Extension.objects.get(number="101")
    panel = KeyPanel.objects.create(extension=extension)
    Key.objects.create(panel=panel, position=4, kind="line")

    (key,) = put_slot_on_keys(slot=slot, extensions=[extension], by=owner)
    dial = put_slot_on_speed_dial(slot=slot, code="*3", label="Parking", by=owner)

    assert (key.position, key.kind, key.slot) == (5, "parking", slot)
    assert put_slot_on_keys(slot=slot, extensions=[extension], by=owner) == []
    assert (dial.number, dial.extension) == ("803", None)
    assert [str(use) for use in board().slots[2].uses] == [
        f"803 (key of {extension})", "803 (speed dial *3)",
    ]  # fmt: skip
    with pytest.raises(CodeTaken):
        put_slot_on_speed_dial(slot=slot, code="*03", label="Again", by=owner)  # the same code
    with pytest.raises(CodeOfFeature):
        put_slot_on_speed_dial(slot=slot, code="*8", label="Pick up", by=owner)


@pytest.mark.feature("PRK-05")
def test_a_panel_that_follows_a_template_and_too_many_at_once_are_refused(lot: ParkingLot, owner: User) -> None:
    slot, extension = ParkingSlot.objects.get(number="803"), Extension.objects.get(number="101")
    KeyPanel.objects.create(extension=extension, template=KeyPanel.objects.create(name="Desk"), linked=True)

    with pytest.raises(FollowsTemplate):
        put_slot_on_keys(slot=slot, extensions=[extension], by=owner)
    with pytest.raises(TooMany):
        put_slot_on_keys(slot=slot, extensions=[extension] * 51, by=owner)


@pytest.mark.feature("PRK-02", "PRK-05", "TEN-13")
def test_a_smaller_range_names_what_uses_the_slots_and_takes_them_off_when_told(lot: ParkingLot, owner: User) -> None:
    slot, extension = ParkingSlot.objects.get(number="810"), Extension.objects.get(number="101")
    put_slot_on_keys(slot=slot, extensions=[extension], by=owner)
    put_slot_on_speed_dial(slot=slot, code="*3", label="Parking", by=owner)

    with pytest.raises(SlotsInUse) as refusal:
        change(owner, SlotRange("800", "801", 5))
    assert f"key of {extension}" in str(refusal.value)
    assert "speed dial *3" in str(refusal.value)
    assert refusal.value.slots == ["806", "807", "808", "809", "810"]

    change(owner, SlotRange("800", "801", 5), take_off=True)
    assert (Key.objects.count(), SpeedDial.objects.count(), ParkingSlot.objects.count()) == (0, 0, 5)
    undo_deletion(deletion=Deletion.objects.get(), by=owner, at=NOON)
    assert (Key.objects.count(), SpeedDial.objects.count(), ParkingSlot.objects.count()) == (1, 1, 10)


@pytest.mark.feature("PRK-01", "TEN-13", "UXP-07")
def test_parking_is_deleted_with_its_slots_and_comes_back(lot: ParkingLot, owner: User) -> None:
    target = Target(DestinationKind.EXTENSION, Extension.objects.get(number="101"))
    change(owner, returns_to=ParkingReturn.DESTINATION, destination=target)

    deletion = delete_object(ParkingLot.objects.get(), by=owner, at=NOON)
    assert not ParkingSlot.objects.exists()
    assert not Destination.objects.exists()
    assert board() is None

    undo_deletion(deletion=deletion, by=owner, at=NOON)
    assert len(board().slots) == 10


@pytest.mark.feature("PRK-01")
def test_nobody_invents_a_state_without_a_telephone_system(lot: ParkingLot) -> None:
    shown = board()

    assert not shown.link.tells
    assert {slot.state for slot in shown.slots} == {SlotState.UNKNOWN}
