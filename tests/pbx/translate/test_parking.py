"""Calls that wait in a slot (PRK-04)."""

from datetime import timedelta

import pytest

from extensions.pbx.ami.message import Message
from extensions.pbx.asterisk.translate.translator import Translator
from extensions.pbx.events import Leg, LegState, Parked, SlotFree, Stray
from tests.pbx.translate.conftest import NOW, Tell, channel


def parked(**changes: str) -> dict[str, str]:
    who = channel("PJSIP/101@acme.example.com-00000001", "1.1", "6", prefix="Parkee")
    more = {
        "Parkinglot": "t2", "ParkingSpace": "701", "ParkingTimeout": "90", "ParkingDuration": "0",
        "ParkerDialString": "PJSIP/102@acme.example.com",
    }  # fmt: skip
    return who | more | changes


@pytest.mark.feature("PRK-04")
def test_a_parked_call_says_who_waits_since_when_and_until_when(tell: Tell) -> None:
    leg, call = tell("ParkedCall", **parked())

    assert isinstance(leg, Leg)
    assert leg.state is LegState.PARKED
    assert call == Parked("t2", "701", "101", "Ann Lee", "102", NOW, NOW + timedelta(seconds=90))


@pytest.mark.feature("PRK-04")
@pytest.mark.parametrize("how", ["UnParkedCall", "ParkedCallTimeOut", "ParkedCallGiveUp"])
def test_a_slot_gets_free(tell: Tell, how: str) -> None:
    tell("ParkedCall", **parked())

    leg, free = tell(how, **parked())

    assert isinstance(leg, Leg)
    assert leg.state is LegState.UP
    assert free == SlotFree("t2", "701")


@pytest.mark.feature("PRK-04")
def test_a_call_that_waits_already_has_waited_since_it_was_parked(translator: Translator) -> None:
    waiting = Message(parked(ParkingDuration="30").items())

    told = list(translator.begin({"ParkedCalls": [waiting]}))

    assert [(one.since, one.returns_at) for one in told if isinstance(one, Parked)] == [
        (NOW - timedelta(seconds=30), NOW + timedelta(seconds=60))
    ]


@pytest.mark.parametrize(
    "wrong", [{"Parkinglot": "t3"}, {"Parkinglot": "default"}, {"Parkinglot": ""}, {"ParkingSpace": "<b>"}]
)
def test_a_lot_that_is_not_the_callers_is_stray(tell: Tell, wrong: dict[str, str]) -> None:
    assert [type(event) for event in tell("ParkedCall", **parked(**wrong))] == [Stray]


def test_who_parked_is_left_out_where_it_is_not_of_the_tenant(tell: Tell) -> None:
    _leg, call = tell("ParkedCall", **parked(ParkerDialString="PJSIP/102@globex.example.com"))

    assert isinstance(call, Parked)
    assert call.by == ""
