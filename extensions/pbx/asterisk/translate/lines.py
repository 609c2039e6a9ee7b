"""Telephones: registered, reachable, and what they do (PRS-02)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from extensions.pbx.ami.message import Message
from extensions.pbx.asterisk.translate.attribution import Attribution, endpoint_of
from extensions.pbx.asterisk.translate.shapes import Clock, address_of, number_of, text_of
from extensions.pbx.asterisk.translate.subject import Lists, Subject, Told
from extensions.pbx.events import Contact, Line, LineState, PbxEvent, Registered

# Words of a device's state, in events and (second) in the list of endpoints.
_BUSY_STATES = {
    "INUSE": LineState.IN_CALL,
    "IN USE": LineState.IN_CALL,
    "BUSY": LineState.BUSY,
    "RINGING": LineState.RINGING,
    "RINGINUSE": LineState.RINGING,
    "RING+INUSE": LineState.RINGING,
    "ONHOLD": LineState.ON_HOLD,
    "ON HOLD": LineState.ON_HOLD,
}
_GONE = "Removed"
_SILENT = "Unreachable"


@dataclass(slots=True)
class Phone:
    """What is known about one endpoint: its device's state, and its contacts by their URI."""

    state: str = ""
    contacts: dict[str, tuple[Contact, bool]] = field(default_factory=dict)  # with whether it answers
    told: LineState | None = None
    told_contacts: tuple[Contact, ...] | None = None

    def line(self) -> LineState:
        """A device in use says so whatever its registration; one at rest is only as good as its registration."""
        if (busy := _BUSY_STATES.get(self.state.upper())) is not None:
            return busy
        if not self.contacts:
            return LineState.UNREGISTERED
        answers = any(answers for _contact, answers in self.contacts.values())
        return LineState.IDLE if answers else LineState.UNREACHABLE


class Lines(Subject):
    """Keyed by tenant and number. `wants_contacts` is set when only a new list of contacts can tell the whole."""

    def __init__(self, attribution: Attribution, clock: Clock) -> None:
        super().__init__(attribution, clock)
        self.handlers = {"DeviceStateChange": self._device, "ContactStatus": self._contact}
        self.wants_contacts = False
        self._phones: dict[tuple[str, str], Phone] = {}

    def begin(self, lists: Lists) -> Told:
        self._phones.clear()
        for message in lists.get("PJSIPShowEndpoints", []):
            if (listed := self._phone(message.get("ObjectName"))) is not None:
                listed.state = message.get("DeviceState")
        yield from self.contacts(lists.get("PJSIPShowContacts", []))

    def contacts(self, listed: list[Message]) -> Told:
        """The contacts of all telephones are these."""
        self.wants_contacts = False
        for phone in self._phones.values():
            phone.contacts = {}
        for message in listed:
            name = message.get("Endpoint")
            if (owner := self._phone(name)) is not None:
                owner.contacts[message.get("Uri")] = self._listed(message)
            elif "@" in name:
                yield self.stray(message, name)
        for key, phone in self._phones.items():
            yield from _changes(key, phone)

    def _contact(self, message: Message) -> Told:
        name, uri, status = message.get("EndpointName"), message.get("URI"), message.get("ContactStatus")
        phone = self._phone(name)
        if phone is None:
            return [self.stray(message, name)] if "@" in name else []
        before = phone.contacts.get(uri)
        if status == _GONE:
            phone.contacts.pop(uri, None)
        elif before is None:
            self.wants_contacts = True  # the event does not say which telephone it is, and until when
            phone.contacts[uri] = _contact("", uri, message, status), status != _SILENT
        else:
            known = before[0]
            spent = _milliseconds(message, status)
            phone.contacts[uri] = Contact(known.agent, known.address, spent, known.expires_at), status != _SILENT
        return list(_changes(self._key(name), phone))

    def _device(self, message: Message) -> Told:
        name = message.get("Device")
        if not name.startswith("PJSIP/") or "@" not in name:
            return []  # trunks, and devices of our own
        phone = self._phone(name)
        if phone is None:
            return [self.stray(message, name)]
        phone.state = message.get("State")
        return list(_changes(self._key(name), phone))

    def _key(self, name: str) -> tuple[str, str]:
        return self.attribution.tenant((), (name,)) or "", number_of(endpoint_of(name)[0])

    def _phone(self, name: str) -> Phone | None:
        key = self._key(name)
        return self._phones.setdefault(key, Phone()) if all(key) else None

    def _listed(self, message: Message) -> tuple[Contact, bool]:
        status, agent = message.get("Status"), message.get("UserAgent")
        known = _contact(agent, message.get("Uri"), message, status)
        expires_at = self.clock.moment(message.get("ExpirationTime"))
        return Contact(known.agent, known.address, known.milliseconds, expires_at), status != _SILENT


def _changes(key: tuple[str, str], phone: Phone) -> Iterator[PbxEvent]:
    contacts = tuple(sorted((contact for contact, _ in phone.contacts.values()), key=lambda one: one.address))
    if contacts != phone.told_contacts:
        phone.told_contacts = contacts
        yield Registered(*key, contacts)
    if (line := phone.line()) != phone.told:
        phone.told = line
        yield Line(*key, line)


def _contact(agent: str, uri: str, message: Message, status: str) -> Contact:
    return Contact(text_of(agent), address_of(uri), _milliseconds(message, status), None)


def _milliseconds(message: Message, status: str) -> float | None:
    spent = message.get("RoundtripUsec")
    return int(spent) / 1000 if status == "Reachable" and spent.isdecimal() and len(spent) < 10 else None
