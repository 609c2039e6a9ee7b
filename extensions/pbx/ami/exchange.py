"""Actions that wait for their answers, and the events that belong to them. No input or output."""

import asyncio
import itertools
import re
import secrets
from dataclasses import dataclass, field

from extensions.pbx.ami.message import Message

# What an empty list says instead of being empty; "No such …" and "Permission denied" are refusals.
_EMPTY = re.compile(r"^(no (?!such\b).{1,60} (found|available|defined)|there are no )", re.IGNORECASE)


@dataclass(slots=True)
class Waiting:
    """One action under way. `answer` becomes its response; a listing's also waits for the last of its events."""

    answer: "asyncio.Future[Message]"
    listing: bool
    response: Message | None = None
    events: list[Message] = field(default_factory=list)


class TooMany(Exception):
    """A list without an end."""


class Exchange:
    """Which answer belongs to which action: by an ActionID that nobody else uses."""

    def __init__(self, most_listed: int) -> None:
        self._prefix = secrets.token_hex(4)
        self._numbers = itertools.count(1)
        self._most = most_listed
        self._waiting: dict[str, Waiting] = {}

    def __len__(self) -> int:
        return len(self._waiting)

    def begin(self, *, listing: bool) -> tuple[str, Waiting]:
        """A new ActionID and what waits for its answer."""
        waiting = Waiting(asyncio.get_running_loop().create_future(), listing)
        action_id = f"{self._prefix}-{next(self._numbers)}"
        self._waiting[action_id] = waiting
        return action_id, waiting

    def forget(self, action_id: str) -> None:
        self._waiting.pop(action_id, None)

    def fail(self, error: Exception) -> None:
        """Nothing will be answered any more."""
        for waiting in self._waiting.values():
            if not waiting.answer.done():
                waiting.answer.set_exception(error)
                waiting.answer.exception()  # seen: whoever waited may have been cancelled
        self._waiting.clear()

    def take(self, message: Message) -> bool:
        """Whether a message belonged to an action, also to one nobody waits for any more."""
        action_id = message.get("ActionID")
        waiting = self._waiting.get(action_id)
        if waiting is None:
            return "Response" in message or action_id.startswith(self._prefix)
        if "Response" in message:
            self._respond(waiting, message)
        elif waiting.listing:
            self._list(waiting, message)
        return True

    def _respond(self, waiting: Waiting, message: Message) -> None:
        waiting.response = message
        if not waiting.listing or message.get("EventList").lower() != "start":
            _settle(waiting)  # a Success without a list is an empty one: VoicemailUsersList without boxes

    def _list(self, waiting: Waiting, message: Message) -> None:
        end = message.get("EventList").lower()
        if end in ("complete", "cancelled"):
            _settle(waiting)
            return
        waiting.events.append(message)
        if len(waiting.events) > self._most:
            raise TooMany


def _settle(waiting: Waiting) -> None:
    if not waiting.answer.done() and waiting.response is not None:
        waiting.answer.set_result(waiting.response)


def says_empty(response: Message) -> bool:
    """Whether an error is how this PBX says that a list is empty."""
    return _EMPTY.match(response.get("Message")) is not None
