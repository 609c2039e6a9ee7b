"""What a real Asterisk said, and what the portal makes of it."""

from datetime import timedelta

import pytest

from extensions.pbx.events import (
    BoxCount,
    Leg,
    Line,
    Member,
    Parked,
    PbxEvent,
    PhoneFeature,
    Registered,
    SlotFree,
    Stray,
    TenantEvent,
)
from tests.pbx.transcript import FOLDER, replay, story, talk

NAMES = sorted(file.stem for file in FOLDER.glob("*.txt"))


def lines(events: list[PbxEvent], number: str) -> list[str]:
    return [one.state.value for one in events if isinstance(one, Line) and (one.tenant, one.number) == ("t2", number)]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_happened_was_nobodys(name: str) -> None:
    begun, events = replay(name)

    assert not [event for event in begun + events if isinstance(event, Stray)]


@pytest.mark.parametrize("name", NAMES)
def test_all_that_began_also_ended(name: str) -> None:
    _begun, events = replay(name)
    legs = {leg.id: leg for leg in events if isinstance(leg, Leg)}

    assert all(story(events, leg.number, nth=place(legs, leg))[-1] == "gone" for leg in legs.values())


def place(legs: dict[str, Leg], leg: Leg) -> int:
    return [one.id for one in legs.values() if one.number == leg.number].index(leg.id)


@pytest.mark.feature("PRS-02")
def test_a_telephone_registers_and_leaves() -> None:
    _begun, came = replay("register")
    begun, went = replay("unregister")

    [first, *_more] = [one for one in came if isinstance(one, Registered) and one.number == "103"]
    assert first.phones[0].address == "127.0.0.1:26150"
    assert "idle" in lines(came, "103")
    assert all(one.phones[0].agent.startswith("baresip") for one in begun if isinstance(one, Registered) and one.phones)
    assert [one for one in went if isinstance(one, Registered)] == [Registered("t3", "102", ())]


@pytest.mark.feature("MON-01")
def test_a_call_is_dialled_rings_is_answered_and_ends() -> None:
    _begun, events = replay("call")

    assert story(events, "101") == ["dialling", "up", "gone"]
    assert story(events, "102") == ["dialling", "ringing", "up", "gone"]
    assert talk(events) == {frozenset({"101", "102"})}
    assert lines(events, "101") == ["in_call", "idle"]
    assert lines(events, "102") == ["ringing", "in_call", "idle"]


def test_two_tenants_with_the_same_numbers_do_not_meet() -> None:
    """101 of t3 dialled `102@` the domain of t2, and reached its own 102."""
    _begun, events = replay("isolation")
    calls: dict[str, set[str]] = {}
    for event in events:
        if isinstance(event, Leg):
            calls.setdefault(event.call, set()).add(event.tenant)

    assert sorted(map(sorted, calls.values())) == [["t2"], ["t3"]]
    assert {event.tenant for event in events if isinstance(event, TenantEvent)} == {"t2", "t3"}


def test_hold_is_told_and_ends() -> None:
    _begun, events = replay("hold")

    assert story(events, "102") == ["dialling", "ringing", "up", "hold", "up", "gone"]
    assert "on_hold" in lines(events, "101")


def test_a_call_is_passed_on_at_once() -> None:
    _begun, events = replay("blind_transfer")

    assert story(events, "102") == ["dialling", "ringing", "up", "gone"]
    assert story(events, "103") == ["dialling", "ringing", "up", "gone"]
    assert talk(events) == {frozenset({"101", "102"}), frozenset({"101", "103"})}


def test_a_call_is_passed_on_after_asking() -> None:
    """102 asks 103 through a local channel, which the PBX then takes out of the way."""
    _begun, events = replay("attended_transfer")

    assert story(events, "102") == ["dialling", "ringing", "up", "hold", "up", "gone"]
    assert talk(events) == {frozenset(pair) for pair in ({"101", "102"}, {"102", "103"}, {"101", "103"})}


def test_a_call_is_picked_up_for_a_colleague() -> None:
    _begun, events = replay("pickup")

    assert story(events, "103") == ["dialling", "ringing", "gone"]
    assert talk(events) == {frozenset({"101", "102"})}


@pytest.mark.feature("PRK-04")
def test_a_call_is_parked_and_fetched() -> None:
    _begun, events = replay("park")

    [parked] = [one for one in events if isinstance(one, Parked)]
    assert (parked.tenant, parked.slot, parked.caller, parked.caller_name, parked.by) == (
        "t2", "701", "101", "Ann Lee 101", "102",
    )  # fmt: skip
    assert parked.returns_at == parked.since + timedelta(seconds=20)
    assert [one for one in events if isinstance(one, SlotFree)] == [SlotFree("t2", "701")]
    assert story(events, "101") == ["dialling", "up", "parked", "up", "gone"]


@pytest.mark.feature("PRK-04")
def test_a_parked_call_returns_to_who_parked_it() -> None:
    _begun, events = replay("park_timeout")

    assert [type(one) for one in events if isinstance(one, Parked | SlotFree)] == [Parked, SlotFree]
    assert story(events, "102", nth=1) == ["dialling", "ringing", "up", "gone"]


def test_a_message_is_left_in_the_box() -> None:
    begun, events = replay("voicemail")

    assert BoxCount("t2", 25, 1, 0) in begun
    assert BoxCount("t2", 25, 2, 0) in events


@pytest.mark.feature("PRS-06")
def test_a_team_rings_whoever_is_not_paused() -> None:
    _begun, events = replay("queue")

    members = [(one.extension, one.paused, one.reason, one.in_call) for one in events if isinstance(one, Member)]
    assert members[0] == (17, True, "Lunch", False)
    assert (18, False, "", True) in members
    assert members[-1] == (17, False, "", False)
    assert story(events, "102") == ["dialling", "ringing", "up", "gone"]
    assert frozenset({"102", "103"}) in talk(events)
    assert not [leg for leg in events if isinstance(leg, Leg) and leg.number == "101"]


def test_a_code_on_a_telephone_reaches_the_portal() -> None:
    _begun, events = replay("dnd")

    [used] = [one for one in events if isinstance(one, PhoneFeature)]
    assert (used.tenant, used.extension, used.feature, used.argument) == ("t2", 17, "dnd_on", "")


def test_calls_over_a_trunk_have_one_leg_outside() -> None:
    _begun, events = replay("trunk")
    outside = {leg.id: leg for leg in events if isinstance(leg, Leg) and leg.outside}

    assert [(leg.tenant, leg.other, leg.other_name, leg.incoming) for leg in outside.values()] == [
        ("t2", "04930999888", "", False),
        ("t2", "+4930555", "Kim", True),
    ]
    assert talk(events) == {frozenset({"101", ""})}
