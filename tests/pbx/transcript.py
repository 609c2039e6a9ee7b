"""What a real Asterisk 22.10 said while two tenants' telephones called, parked, held and left messages.

Recorded with the names of the portal: tenants t2 (acme.example.com) and t3 (globex.example.com), extensions 101 to 103
with ids 17 to 19, boxes 23 to 25, team 5, trunk 3. Events of lists have `ActionID: list`; what the portal never
looks at (security and test events, hints) was left out.
"""

from pathlib import Path

from extensions.pbx.ami.message import Message, Parser
from extensions.pbx.asterisk.translate.attribution import Attribution
from extensions.pbx.asterisk.translate.shapes import Clock
from extensions.pbx.asterisk.translate.translator import Translator
from extensions.pbx.events import Leg, LegGone, PbxEvent
from tests.pbx.translate.conftest import DOMAINS, NOW

FOLDER = Path(__file__).parent / "transcripts"
LIST_OF = {
    "EndpointList": "PJSIPShowEndpoints",
    "ContactList": "PJSIPShowContacts",
    "CoreShowChannel": "CoreShowChannels",
    "ParkedCall": "ParkedCalls",
    "QueueParams": "QueueStatus",
    "QueueMember": "QueueStatus",
    "VoicemailUserEntry": "VoicemailUsersList",
}


def lists_and_events(name: str) -> tuple[dict[str, list[Message]], list[Message]]:
    """A transcript's lists by their action, and the events after them."""
    messages = Parser().feed((FOLDER / f"{name}.txt").read_bytes())
    lists: dict[str, list[Message]] = {}
    for message in messages:
        if "ActionID" in message:
            lists.setdefault(LIST_OF[message.get("Event")], []).append(message)
    return lists, [message for message in messages if "ActionID" not in message]


def replay(name: str) -> tuple[list[PbxEvent], list[PbxEvent]]:
    """What a transcript's lists mean, and what its events mean."""
    translator = Translator(Attribution(DOMAINS), Clock(lambda: NOW))
    lists, events = lists_and_events(name)
    return list(translator.begin(lists)), [told for event in events for told in translator.translate(event)]


def story(events: list[PbxEvent], number: str, *, nth: int = 0) -> list[str]:
    """The states of an extension's nth leg, or of the nth leg to the outside where `number` is empty."""
    ids = list(dict.fromkeys(leg.id for leg in events if isinstance(leg, Leg) and leg.number == number))
    states: list[str] = []
    for event in events:
        if isinstance(event, Leg) and event.id == ids[nth] and event.state.value not in states[-1:]:
            states.append(event.state.value)
        elif isinstance(event, LegGone) and event.id == ids[nth]:
            states.append("gone")
    return states


def talk(events: list[PbxEvent]) -> set[frozenset[str]]:
    """Who talked with whom: numbers of the legs that were in the same conversation at the same time; "" is outside."""
    now: dict[str, Leg] = {}
    met: set[frozenset[str]] = set()
    for event in events:
        if isinstance(event, Leg):
            now[event.id] = event
        elif isinstance(event, LegGone):
            now.pop(event.id, None)
        for one in now.values():
            together = [leg for leg in now.values() if one.bridge and leg.bridge == one.bridge]
            if len(together) > 1:
                met.add(frozenset(leg.number for leg in together))
    return met
