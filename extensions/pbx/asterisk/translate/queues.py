"""Who takes a team's calls: queue `t2-g5`, member `Local/17@t2-member/n`, both with ids.

Members that come and go with the configuration have no events: after each reading of it all are listed anew.
"""

import re
from dataclasses import replace

from extensions.pbx.ami.message import Message
from extensions.pbx.asterisk.translate.attribution import Attribution
from extensions.pbx.asterisk.translate.shapes import Clock, count_of, text_of
from extensions.pbx.asterisk.translate.subject import Handler, Lists, Subject, Told
from extensions.pbx.events import Member, MemberGone, PbxEvent

_QUEUE = re.compile(r"(.{1,63})-g([0-9]{1,9})")
_MEMBER = re.compile(r"Local/([0-9]{1,9})@(.{1,63})-member(?:/n)?")
_EVENTS = ("QueueMemberStatus", "QueueMemberPause", "QueueMemberAdded")


class Queues(Subject):
    """Tells a member only when something about it changed: its status comes with every call of its telephone."""

    def __init__(self, attribution: Attribution, clock: Clock) -> None:
        super().__init__(attribution, clock)
        self.handlers: dict[str, Handler] = {
            **dict.fromkeys(_EVENTS, self._member),
            "AgentConnect": self._talks,
            "AgentComplete": self._talks,
            "QueueMemberRemoved": self._removed,
            "Reload": self._reloaded,
        }
        self._told: dict[tuple[str, int, int], Member] = {}
        self.wants_members = False

    def begin(self, lists: Lists) -> Told:
        self._told.clear()
        for message in lists.get("QueueStatus", []):
            if message.get("Event") == "QueueMember":
                yield from self._member(message)

    def members(self, listed: list[Message]) -> Told:
        """What a new list of all queues changes."""
        self.wants_members = False
        found = [message for message in listed if message.get("Event") == "QueueMember"]
        for message in found:
            yield from self._member(message)
        for key in self._told.keys() - {self._key(message) for message in found}:
            del self._told[key]
            yield MemberGone(*key)

    def _reloaded(self, message: Message) -> Told:
        self.wants_members = self.wants_members or message.get("Module") in ("app_queue.so", "All", "")
        return []

    def _member(self, message: Message) -> list[PbxEvent]:
        key = self._key(message)
        if key is None:
            return [self.stray(message, f"{message.get('Queue')} {_interface(message)}")]
        paused = message.get("Paused") == "1"
        member = Member(
            *key,
            paused=paused,
            reason=text_of(message.get("PausedReason")) if paused else "",
            in_call=message.get("InCall") == "1",
            calls_taken=count_of(message.get("CallsTaken")),
        )
        if self._told.get(key) == member:
            return []
        self._told[key] = member
        return [member]

    def _talks(self, message: Message) -> Told:
        """A member's status tells of a call only when it has ended; these say when it begins."""
        key = self._key(message)
        if key is None:
            return [self.stray(message, f"{message.get('Queue')} {_interface(message)}")]
        before = self._told.get(key)
        talks = message.get("Event") == "AgentConnect"
        if before is None or before.in_call == talks:
            return []
        self._told[key] = replace(before, in_call=talks)
        return [self._told[key]]

    def _removed(self, message: Message) -> Told:
        if (key := self._key(message)) is None or self._told.pop(key, None) is None:
            return []
        return [MemberGone(*key)]

    def _key(self, message: Message) -> tuple[str, int, int] | None:
        queue, member = _QUEUE.fullmatch(message.get("Queue")), _MEMBER.fullmatch(_interface(message))
        if not queue or not member:
            return None
        tenant = self.attribution.tenant((queue[1], member[2]), (message.get("StateInterface"),))
        return (tenant, int(queue[2]), int(member[1])) if tenant else None


def _interface(message: Message) -> str:
    return message.get("Interface") or message.get("Location")
