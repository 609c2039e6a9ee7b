"""Everything that a PBX sends is hostile text."""

import unicodedata
from dataclasses import fields
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extensions.pbx.ami.message import Message
from extensions.pbx.asterisk.translate.attribution import Attribution
from extensions.pbx.asterisk.translate.shapes import Clock, address_of, number_of, text_of
from extensions.pbx.asterisk.translate.translator import Translator
from extensions.pbx.events import PbxEvent, Stray, TenantEvent
from tests.pbx.translate.conftest import DOMAINS, NOW, Tell, channel

EVENTS = [
    "Newchannel", "Newstate", "DialBegin", "BridgeEnter", "BridgeLeave", "Hold", "Hangup", "ParkedCall", "UnParkedCall",
    "MessageWaiting", "QueueMemberStatus", "QueueMemberRemoved", "UserEvent", "ContactStatus", "DeviceStateChange",
]  # fmt: skip
HEADERS = [
    "Channel", "Uniqueid", "Tenantid", "AccountCode", "Linkedid", "ChannelState", "ParkeeChannel", "ParkeeUniqueid",
    "Parkinglot", "ParkingSpace", "Mailbox", "Queue", "Interface", "UserEvent", "TlTenant", "TlExtension", "TlFeature",
    "TlEpoch", "EndpointName", "URI", "Device", "State", "Timestamp", "RoundtripUsec", "ContactStatus",
    "BridgeUniqueid",
]  # fmt: skip
VALUES = [
    "t2", "t3", "PJSIP/101@acme.example.com-00000001", "PJSIP/101@globex.example.com-00000001",
    "PJSIP/trunk-1-00000001",
    "Local/1@x-00000001;1", "t2-g5", "Local/17@t2-member/n", "23@t2", "PortalFeature", "dnd_on", "17", "6", "1.1",
    "101@acme.example.com", "9" * 400, "-1", "nan", "1e400", "²", "٣", "\u202e101", "Reachable", "Removed",
]  # fmt: skip
values = st.one_of(st.sampled_from(VALUES), st.text())
messages = st.builds(
    lambda event, headers: Message([("Event", event), *headers]),
    st.sampled_from(EVENTS),
    st.lists(st.tuples(st.sampled_from(HEADERS), values), max_size=12),
)


@given(st.lists(messages, max_size=12))
@example([Message([("Event", "Newchannel"), ("Channel", "PJSIP/101@acme.example.com-00000001"), ("Uniqueid", "\x1f")])])
def test_no_message_breaks_the_translation_or_reaches_a_tenant_unclean(sent: list[Message]) -> None:
    translator = Translator(Attribution(DOMAINS), Clock(lambda: NOW))

    told = [event for message in sent for event in translator.translate(message)]
    told += translator.contacts(sent)
    told += translator.begin(
        {"CoreShowChannels": sent, "ParkedCalls": sent, "QueueStatus": sent, "VoicemailUsersList": sent}
    )

    for event in told:
        assert isinstance(event, Stray) or (isinstance(event, TenantEvent) and event.tenant in ("t2", "t3"))
        assert all(clean(getattr(event, field.name)) for field in fields(event))


def clean(value: object) -> bool:
    if not isinstance(value, str):
        return True
    return not any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in value)


@pytest.mark.parametrize("key", ["Tenantid", "AccountCode", "Uniqueid", "Channel"])
def test_a_header_that_comes_twice_and_differs_is_nobodys(translator: Translator, key: str) -> None:
    """As when a name that somebody typed into a telephone ends its line and begins another one."""
    headers = channel("PJSIP/101@acme.example.com-00000001", "1.1")

    [event] = translator.translate(Message([("Event", "Newchannel"), (key, "t3"), *headers.items()]))

    assert isinstance(event, Stray)


@given(st.text(max_size=600))
def test_a_text_is_one_short_clean_line(text: str) -> None:
    assert len(text_of(text)) <= 80
    assert clean(text_of(text))
    assert "\n" not in text_of(text)


@pytest.mark.parametrize("text", ["", "<unknown>", "anonymous", "sip:1", "1 2", "٣٤", "+", "1" * 33, "1\n", "²"])
def test_what_is_no_number_is_empty(text: str) -> None:
    assert number_of(text) == ""


@pytest.mark.parametrize(
    ("uri", "address"),
    [
        ("sip:101@10.0.0.5:5060;transport=udp", "10.0.0.5:5060"),
        ("sip:101-0x55@[2001:db8::1]:5061;ob", "[2001:db8::1]:5061"),
        ("sips:phone.example.com", "phone.example.com"),
        ("http://x", ""),
        ("sip:<script>", ""),
    ],
)
def test_the_address_in_a_contact(uri: str, address: str) -> None:
    assert address_of(uri) == address


def test_a_clock_that_is_wrong_is_set_right() -> None:
    clock = Clock(lambda: NOW, lambda: 7200.0)
    ahead = datetime(2026, 11, 26, 14, tzinfo=UTC)

    assert clock.at(Message([("Timestamp", f"{ahead.timestamp()}")])) == NOW
    assert Clock(lambda: NOW, lambda: 0.02).moment(f"{NOW.timestamp()}") == NOW
    assert clock.at(Message([("Timestamp", "x")])) - NOW == timedelta(0)


def test_what_nobody_asked_for_means_nothing(tell: Tell) -> None:
    told: list[PbxEvent] = tell("TestEvent", State="1") + tell("VarSet", Channel="x") + tell("")

    assert told == []
