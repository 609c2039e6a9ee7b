"""What the subjects have in common: who is asked whose an event is, and how one is told that is nobody's."""

from collections.abc import Callable, Iterable, Mapping

from extensions.pbx.ami.message import Message
from extensions.pbx.asterisk.translate.attribution import Attribution
from extensions.pbx.asterisk.translate.shapes import Clock, text_of
from extensions.pbx.events import PbxEvent, Stray

Told = Iterable[PbxEvent]
Handler = Callable[[Message], Told]
Lists = Mapping[str, list[Message]]


class Subject:
    """One part of what a PBX tells. `handlers` say which events it takes; `begin` takes what is now the case."""

    handlers: Mapping[str, Handler]

    def __init__(self, attribution: Attribution, clock: Clock) -> None:
        self.attribution = attribution
        self.clock = clock

    def begin(self, lists: Lists) -> Told:
        """Everything as the lists of a snapshot say it; what was known before is forgotten."""
        raise NotImplementedError

    def stray(self, message: Message, hint: str) -> Stray:
        """An event that is nobody's. `hint` is what it says about itself."""
        return Stray(text_of(message.get("Event")), text_of(hint), self.clock.at(message))
