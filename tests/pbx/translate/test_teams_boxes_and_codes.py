"""Members of teams, voicemail boxes, and feature codes that somebody used."""

import pytest

from extensions.pbx.ami.message import Message
from extensions.pbx.asterisk.translate.translator import Translator
from extensions.pbx.events import BoxCount, Member, MemberGone, PhoneFeature, Stray
from tests.pbx.translate.conftest import NOW, Tell, channel


def test_boxes_are_counted(translator: Translator, tell: Tell) -> None:
    entry = {"VMContext": "t2", "VoiceMailbox": "23", "NewMessageCount": "2", "OldMessageCount": "1"}

    assert list(translator.begin({"VoicemailUsersList": [Message(entry.items())]})) == [BoxCount("t2", 23, 2, 1)]
    assert tell("MessageWaiting", Mailbox="23@t2", Waiting="1", New="3", Old="1") == [BoxCount("t2", 23, 3, 1)]
    assert tell("MessageWaiting", Mailbox="23@t9", New="3") == [Stray("MessageWaiting", "23@t9", NOW)]
    assert tell("MessageWaiting", Mailbox="x@t2", New="3") == [Stray("MessageWaiting", "x@t2", NOW)]


MEMBER = {"Queue": "t2-g5", "Interface": "Local/17@t2-member/n", "Paused": "1", "PausedReason": "Lunch", "InCall": "1"}


@pytest.mark.feature("PRS-06")
def test_a_paused_member_says_why(tell: Tell) -> None:
    assert tell("QueueMemberPause", **MEMBER, CallsTaken="4") == [Member("t2", 5, 17, True, "Lunch", True, 4)]
    assert tell("QueueMemberStatus", **MEMBER, CallsTaken="4", Status="2") == []
    assert tell("QueueMemberStatus", **MEMBER | {"Paused": "0"}, CallsTaken="4") == [
        Member("t2", 5, 17, False, "", True, 4)
    ]


def test_a_member_is_in_a_call_from_its_beginning_to_its_end(tell: Tell) -> None:
    tell("QueueMemberStatus", **MEMBER | {"InCall": "0"})

    assert [member.in_call for member in tell("AgentConnect", **MEMBER) if isinstance(member, Member)] == [True]
    assert tell("AgentConnect", **MEMBER) == []
    assert [member.in_call for member in tell("AgentComplete", **MEMBER) if isinstance(member, Member)] == [False]
    assert [type(event) for event in tell("AgentConnect", **MEMBER | {"Queue": "t3-g5"})] == [Stray]


def test_a_member_that_was_removed_is_told_anew_when_it_returns(tell: Tell) -> None:
    tell("QueueMemberAdded", **MEMBER)

    assert tell("QueueMemberRemoved", **MEMBER) == [MemberGone("t2", 5, 17)]
    assert tell("QueueMemberRemoved", **MEMBER) == []
    assert tell("AgentConnect", **MEMBER) == []
    assert len(tell("QueueMemberAdded", **MEMBER)) == 1


def test_who_came_and_went_with_the_configuration_is_told_after_it_was_read(translator: Translator, tell: Tell) -> None:
    tell("QueueMemberAdded", **MEMBER)
    tell("Reload", Module="res_pjsip.so", Status="0")
    idle = translator.wants_members
    tell("Reload", Module="app_queue.so", Status="0")
    wanted = translator.wants_members
    other = {"Event": "QueueMember", "Queue": "t2-g5", "Location": "Local/18@t2-member/n", "Paused": "0"}

    told = translator.members([Message([("Event", "QueueParams")]), Message(other.items())])

    assert (idle, wanted, translator.wants_members) == (False, True, False)
    assert told == [Member("t2", 5, 18, False, "", False, 0), MemberGone("t2", 5, 17)]
    assert translator.members([Message(other.items())]) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"Queue": "t3-g5"},
        {"Queue": "sales"},
        {"Interface": "Local/17@t3-member/n"},
        {"Interface": "PJSIP/101"},
        {"StateInterface": "PJSIP/101@globex.example.com"},
    ],
)
def test_a_member_of_two_tenants_is_stray(tell: Tell, wrong: dict[str, str]) -> None:
    assert [type(event) for event in tell("QueueMemberStatus", **MEMBER | wrong)] == [Stray]


USED = {"UserEvent": "PortalFeature", "TlTenant": "t2", "TlExtension": "17", "TlFeature": "dnd_on", "TlArgument": ""}


def test_a_feature_code_reaches_the_portal(tell: Tell) -> None:
    caller = channel("PJSIP/101@acme.example.com-00000001", "1.1")

    assert tell("UserEvent", **caller, **USED, TlEpoch=f"{NOW.timestamp():.0f}") == [
        PhoneFeature("t2", 17, "dnd_on", "", NOW)
    ]
    assert tell("UserEvent", **USED | {"TlFeature": "emergency", "TlArgument": " 112"}) == [
        PhoneFeature("t2", 17, "emergency", "112", NOW)
    ]
    for feature, argument in (("status", "logged_out"), ("status", "custom_1"), ("team_login", "out-5")):
        [told] = tell("UserEvent", **USED | {"TlFeature": feature, "TlArgument": argument})
        assert told == PhoneFeature("t2", 17, feature, argument, NOW)


@pytest.mark.parametrize(
    "wrong",
    [
        {"TlTenant": ""},
        {"TlTenant": "t9"},
        {"Tenantid": "t3"},
        {"Channel": "PJSIP/101@globex.example.com-00000001"},
        {"TlFeature": "drop_table"},
        {"TlExtension": "-1"},
        {"TlExtension": "1.5"},
        {"TlArgument": "1;x"},
        {"TlArgument": "9" * 40},
        {"TlArgument": "out-5; drop"},
        {"TlArgument": "Dnd"},
    ],
)
def test_a_feature_code_that_is_not_exactly_ours_is_stray(tell: Tell, wrong: dict[str, str]) -> None:
    assert [type(event) for event in tell("UserEvent", **USED | wrong)] == [Stray]


def test_other_user_events_are_not_ours(tell: Tell) -> None:
    assert tell("UserEvent", UserEvent="Something", TlTenant="t2") == []
