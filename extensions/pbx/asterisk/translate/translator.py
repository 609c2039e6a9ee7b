"""All subjects together: a snapshot's lists and each later message into events."""

from collections.abc import Iterator
from itertools import chain

from extensions.pbx.ami.message import Message
from extensions.pbx.asterisk.translate.attribution import Attribution
from extensions.pbx.asterisk.translate.calls import Calls
from extensions.pbx.asterisk.translate.features import Features
from extensions.pbx.asterisk.translate.lines import Lines
from extensions.pbx.asterisk.translate.parking import Parking
from extensions.pbx.asterisk.translate.queues import Queues
from extensions.pbx.asterisk.translate.shapes import Clock, text_of
from extensions.pbx.asterisk.translate.subject import Handler, Lists
from extensions.pbx.asterisk.translate.voicemail import Voicemail
from extensions.pbx.events import PbxEvent, Stray

_MAY_REPEAT = {"chanvariable", "message", "variable"}


class Translator:
    """One PBX from one snapshot on; after a lost connection a new one begins."""

    def __init__(self, attribution: Attribution, clock: Clock) -> None:
        self._clock = clock
        self._lines = Lines(attribution, clock)
        self._queues = Queues(attribution, clock)
        calls = Calls(attribution, clock)
        self._subjects = (
            self._lines,
            calls,
            Parking(calls),
            Voicemail(attribution, clock),
            self._queues,
            Features(attribution, clock),
        )
        self._handlers: dict[str, Handler] = {}
        for subject in self._subjects:
            self._handlers |= subject.handlers

    def begin(self, lists: Lists) -> Iterator[PbxEvent]:
        """Everything that is now the case, as the lists say it (name of the list action: its events)."""
        return chain.from_iterable(subject.begin(lists) for subject in self._subjects)

    def translate(self, message: Message) -> list[PbxEvent]:
        """What an event means; mostly nothing."""
        handler = self._handlers.get(message.get("Event"))
        if handler is None:
            return []
        if message.repeats() - _MAY_REPEAT:  # somebody's text became headers of its own
            return [Stray(text_of(message.get("Event")), text_of(message.get("Channel")), self._clock.at(message))]
        return list(handler(message))

    @property
    def wants_contacts(self) -> bool:
        """Whether a telephone came of which only a list of contacts tells more."""
        return self._lines.wants_contacts

    @property
    def wants_members(self) -> bool:
        """Whether teams were read anew, of which only a list tells who came and went."""
        return self._queues.wants_members

    def members(self, listed: list[Message]) -> list[PbxEvent]:
        """What a new list of all queues changes."""
        return list(self._queues.members(listed))

    def contacts(self, listed: list[Message]) -> list[PbxEvent]:
        """What a new list of all contacts changes."""
        return list(self._lines.contacts(listed))
