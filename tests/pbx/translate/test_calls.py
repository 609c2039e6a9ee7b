"""Legs of calls, from what Asterisk says about channels (MON-01)."""

from datetime import UTC, datetime, timedelta

import pytest

from extensions.pbx.ami.message import Message
from extensions.pbx.asterisk.translate.translator import Translator
from extensions.pbx.events import Leg, LegGone, LegState, PbxEvent, Stray
from tests.pbx.translate.conftest import NOW, Tell, channel

BEGAN = datetime(2026, 11, 26, 11, 59, 30, tzinfo=UTC)
ANN_ID, BEN_ID = f"pbx-1-{BEGAN.timestamp():.0f}.1", f"pbx-1-{BEGAN.timestamp():.0f}.2"
ANN, BEN = "PJSIP/101@acme.example.com-00000001", "PJSIP/102@acme.example.com-00000002"
TRUNK = "PJSIP/trunk-3-00000003"


def only_leg(events: list[PbxEvent]) -> Leg:
    [leg] = events
    assert isinstance(leg, Leg)
    return leg


@pytest.mark.feature("MON-01")
def test_a_caller_dials_a_colleague(tell: Tell) -> None:
    calling = only_leg(tell("Newchannel", **channel(ANN, ANN_ID)))

    assert calling == Leg(
        tenant="t2", id=ANN_ID, call=ANN_ID, number="101", other="102", other_name="", incoming=False, outside=False,
        state=LegState.DIALLING, since=BEGAN, answered_at=None, bridge="",
    )  # fmt: skip


@pytest.mark.feature("MON-01")
def test_the_colleague_rings_answers_and_talks(tell: Tell) -> None:
    called = {"Linkedid": ANN_ID, "CallerIDNum": "102", "ConnectedLineNum": "101", "ConnectedLineName": "Ann Lee"}
    tell("Newchannel", **channel(BEN, BEN_ID, "0", **called))
    ringing = only_leg(tell("Newstate", **channel(BEN, BEN_ID, "5", **called)))
    up = only_leg(tell("Newstate", **channel(BEN, BEN_ID, "6", **called)))
    talking = only_leg(tell("BridgeEnter", BridgeUniqueid="b-1", **channel(BEN, BEN_ID, "6", **called)))
    gone = tell("Hangup", **channel(BEN, BEN_ID, "6", **called))

    assert (ringing.state, ringing.incoming, ringing.other, ringing.other_name) == (
        LegState.RINGING, True, "101", "Ann Lee",
    )  # fmt: skip
    assert (up.state, up.answered_at) == (LegState.UP, NOW)
    assert (talking.bridge, talking.call) == ("b-1", ANN_ID)
    assert gone == [LegGone("t2", BEN_ID)]


def test_what_did_not_change_is_not_told_again(tell: Tell) -> None:
    tell("Newchannel", **channel(ANN, ANN_ID))

    assert tell("NewCallerid", **channel(ANN, ANN_ID)) == []


def test_hold_is_told_and_ends(tell: Tell) -> None:
    tell("Newchannel", **channel(ANN, ANN_ID, "6"))

    assert only_leg(tell("Hold", **channel(ANN, ANN_ID, "6"))).state is LegState.HOLD
    assert only_leg(tell("Unhold", **channel(ANN, ANN_ID, "6"))).state is LegState.UP


def test_a_call_from_outside_is_nobodys_until_the_dialplan_says_whose(tell: Tell) -> None:
    arrived = {"AccountCode": "", "Tenantid": "", "Context": "from-trunk", "CallerIDNum": "+4930777"}
    before = tell("Newchannel", **channel(TRUNK, ANN_ID, **arrived))
    leg = only_leg(tell("NewAccountCode", **channel(TRUNK, ANN_ID, **arrived | {"Tenantid": "t2"})))

    assert before == []
    assert (leg.tenant, leg.number, leg.other, leg.outside, leg.incoming) == ("t2", "", "+4930777", True, True)


def test_a_call_from_outside_that_never_was_anybodys_is_stray(tell: Tell) -> None:
    arrived = {"AccountCode": "", "Tenantid": "", "Context": "from-trunk"}
    tell("Newchannel", **channel(TRUNK, ANN_ID, **arrived))

    assert tell("Hangup", **channel(TRUNK, ANN_ID, **arrived)) == [Stray("Hangup", f"{TRUNK} 102", NOW)]


def test_a_call_to_the_outside_names_whom_it_dials(tell: Tell) -> None:
    leg = only_leg(tell("Newchannel", **channel(TRUNK, BEN_ID, "0", CallerIDNum="+4930999", Exten="s")))

    assert (leg.outside, leg.incoming, leg.other) == (True, False, "+4930999")


@pytest.mark.parametrize("wrong", [{"Tenantid": "t3"}, {"AccountCode": "t3"}, {"Tenantid": "t9", "AccountCode": "t9"}])
def test_a_contradicting_channel_is_told_once_and_to_nobody(tell: Tell, wrong: dict[str, str]) -> None:
    first = tell("Newchannel", **channel(ANN, ANN_ID, **wrong))
    later = tell("Newstate", **channel(ANN, ANN_ID, "6", **wrong)) + tell("Hangup", **channel(ANN, ANN_ID, **wrong))

    assert first == [Stray("Newchannel", ANN, NOW)]
    assert later == []


def test_a_leg_that_starts_to_contradict_itself_is_gone_for_its_tenant(tell: Tell) -> None:
    tell("Newchannel", **channel(ANN, ANN_ID))

    told = tell("Newstate", **channel(ANN, ANN_ID, "6", Tenantid="t3"))

    assert told == [LegGone("t2", ANN_ID), Stray("Newstate", ANN, NOW)]


@pytest.mark.parametrize("name", ["Local/17@t2-member-00000001;1", "Announcer/ARI-1", "Message/ast_msg_queue", ""])
def test_channels_of_the_pbx_itself_are_never_shown(tell: Tell, name: str) -> None:
    assert tell("Newchannel", **channel(name, "1.9")) == []
    assert tell("Hangup", **channel(name, "1.9")) == []


def test_those_who_talk_through_local_channels_share_a_conversation(tell: Tell) -> None:
    """A queue calls `Local/…/n`, so caller and member are in two bridges with a wire between them."""
    wire = "Local/17@t2-member-00000001"
    tell("Newchannel", **channel(ANN, ANN_ID, "6"))
    tell("Newchannel", **channel(BEN, BEN_ID, "6"))
    tell("BridgeEnter", BridgeUniqueid="b-1", **channel(ANN, ANN_ID, "6"))
    tell("BridgeEnter", BridgeUniqueid="b-1", **channel(f"{wire};1", "1.8", "6"))
    tell("BridgeEnter", BridgeUniqueid="b-2", **channel(BEN, BEN_ID, "6"))

    joined = only_leg(tell("BridgeEnter", BridgeUniqueid="b-2", **channel(f"{wire};2", "1.9", "6")))
    parted = only_leg(
        tell("Hangup", **channel(f"{wire};2", "1.9", "6")) or tell("BridgeLeave", **channel(f"{wire};1", "1.8"))
    )

    assert (joined.id, joined.bridge) == (BEN_ID, "b-1")
    assert (parted.id, parted.bridge) == (BEN_ID, "b-2")


def test_those_who_wait_in_the_same_room_do_not_talk(tell: Tell) -> None:
    tell("Newchannel", **channel(ANN, ANN_ID, "6"))

    assert tell("BridgeEnter", BridgeUniqueid="b", BridgeTechnology="holding_bridge", **channel(ANN, ANN_ID, "6")) == []


def test_calls_that_run_already_are_told_as_they_are(translator: Translator) -> None:
    calling = channel(ANN, ANN_ID, "6", Application="Dial", BridgeId="b-1")
    answered = {"TlAnswered": f"{(BEGAN + timedelta(seconds=9)).timestamp()}"}
    called = channel(BEN, BEN_ID, "6", Application="AppDial", BridgeId="b-1", ConnectedLineNum="101", **answered)

    legs = list(translator.begin({"CoreShowChannels": [Message(calling.items()), Message(called.items())]}))

    assert [(leg.number, leg.incoming, leg.bridge, leg.answered_at) for leg in legs if isinstance(leg, Leg)] == [
        ("101", False, "b-1", BEGAN),
        ("102", True, "b-1", BEGAN + timedelta(seconds=9)),
    ]


def test_a_new_snapshot_forgets_what_was_known(translator: Translator, tell: Tell) -> None:
    tell("Newchannel", **channel(ANN, ANN_ID))
    list(translator.begin({}))

    assert tell("Hangup", **channel(ANN, ANN_ID)) == []


def test_a_moment_without_sense_is_now(tell: Tell) -> None:
    assert only_leg(tell("Newchannel", **channel(ANN, "x-99999999999999.1"))).since == NOW
    assert only_leg(tell("Newchannel", **channel(ANN, "y.1"), Timestamp="nan")).since - NOW == timedelta(0)
