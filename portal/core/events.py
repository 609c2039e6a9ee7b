"""What happened, told upwards: lower apps emit, upper apps listen in `receivers.py`."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events: frozen, ids and plain values only."""


E = TypeVar("E", bound=Event)
_receivers: dict[type[Event], list[Callable]] = defaultdict(list)


def on(kind: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register a receiver. It runs inside the emitter's transaction and calls one service or enqueues work."""

    def register(receiver: Callable[[E], None]) -> Callable[[E], None]:
        _receivers[kind].append(receiver)
        return receiver

    return register


def emit(event: Event) -> None:
    """Tell every receiver of this kind of event, in this transaction."""
    for receiver in _receivers[type(event)]:
        receiver(event)


def receivers() -> dict[type[Event], list[Callable]]:
    """All registrations, for the listing `manage.py access_matrix --events`."""
    return dict(_receivers)
