"""Telephones: registered, reachable, and what they do (PRS-02)."""

import pytest

from extensions.pbx.ami.message import Message
from extensions.pbx.asterisk.translate.translator import Translator
from extensions.pbx.events import Contact, Line, LineState, Registered, Stray
from tests.pbx.translate.conftest import NOW, Tell

PHONE, URI = "101@acme.example.com", "sip:101@10.0.0.5:5060"
EPOCH = f"{NOW.timestamp():.0f}"


def contact(**changes: str) -> Message:
    headers = {
        "Event": "ContactList", "Endpoint": PHONE, "Uri": URI, "UserAgent": "Yealink SIP-T46U", "Status": "Reachable",
        "RoundtripUsec": "12500", "ExpirationTime": EPOCH,
    }  # fmt: skip
    return Message((headers | changes).items())


def begin(translator: Translator, *contacts: Message, state: str = "Not in use") -> list[object]:
    endpoint = Message([("ObjectName", PHONE), ("DeviceState", state)])
    return list(translator.begin({"PJSIPShowEndpoints": [endpoint], "PJSIPShowContacts": list(contacts)}))


@pytest.mark.feature("PRS-02")
def test_a_registered_telephone_is_told_with_what_it_is(translator: Translator) -> None:
    phone = Contact("Yealink SIP-T46U", "10.0.0.5:5060", 12.5, NOW)

    assert begin(translator, contact()) == [Registered("t2", "101", (phone,)), Line("t2", "101", LineState.IDLE)]


@pytest.mark.feature("PRS-02")
@pytest.mark.parametrize(
    ("state", "contacts", "line"),
    [
        ("Unavailable", [], LineState.UNREGISTERED),
        ("Not in use", [], LineState.UNREGISTERED),
        ("Unavailable", [{"Status": "Unreachable"}], LineState.UNREACHABLE),
        ("Not in use", [{"Status": "NonQualified"}], LineState.IDLE),
        ("Not in use", [{"Status": "Unreachable"}, {"Uri": "sip:101@10.0.0.6"}], LineState.IDLE),
        ("In use", [], LineState.IN_CALL),
        ("Busy", [{}], LineState.BUSY),
        ("Ringing", [{}], LineState.RINGING),
        ("Ring+Inuse", [{}], LineState.RINGING),
        ("On Hold", [{}], LineState.ON_HOLD),
    ],
)
def test_a_line_is_what_its_telephones_do(
    translator: Translator, state: str, contacts: list[dict[str, str]], line: LineState
) -> None:
    told = begin(translator, *(contact(**changes) for changes in contacts), state=state)

    assert told[-1] == Line("t2", "101", line)


@pytest.mark.feature("PRS-02")
def test_a_telephone_that_falls_silent_and_leaves(translator: Translator, tell: Tell) -> None:
    begin(translator, contact())
    about = {"EndpointName": PHONE, "URI": URI}

    silent = tell("ContactStatus", **about, ContactStatus="Unreachable", RoundtripUsec="0")
    gone = tell("ContactStatus", **about, ContactStatus="Removed")

    assert silent == [
        Registered("t2", "101", (Contact("Yealink SIP-T46U", "10.0.0.5:5060", None, NOW),)),
        Line("t2", "101", LineState.UNREACHABLE),
    ]
    assert gone == [Registered("t2", "101", ()), Line("t2", "101", LineState.UNREGISTERED)]
    assert not translator.wants_contacts


def test_a_telephone_that_comes_is_told_and_asked_about(translator: Translator, tell: Tell) -> None:
    begin(translator)

    tell("ContactStatus", EndpointName=PHONE, URI=URI, ContactStatus="Reachable", RoundtripUsec="900")
    wanted = translator.wants_contacts
    [told] = translator.contacts([contact()])

    assert wanted
    assert isinstance(told, Registered)
    assert told.phones[0].agent == "Yealink SIP-T46U"
    assert not translator.wants_contacts


def test_a_device_of_nobody_is_stray_and_a_trunk_is_not(tell: Tell) -> None:
    nobody = tell("DeviceStateChange", Device="PJSIP/101@nobody.example.com", State="INUSE")
    trunk = tell("DeviceStateChange", Device="PJSIP/trunk-3", State="INUSE")

    assert nobody == [Stray("DeviceStateChange", "PJSIP/101@nobody.example.com", NOW)]
    assert trunk == tell("DeviceStateChange", Device="Custom:t2-dnd-17", State="BUSY") == []
