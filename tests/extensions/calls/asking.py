"""Asking for the path of a call."""

from datetime import datetime

from extensions.callflow.callers import caller_of
from extensions.callflow.path import call_path
from extensions.callflow.steps import Path
from extensions.models import DestinationKind
from extensions.snapshot.facts import DestinationFacts
from tests.extensions.calls.facts import (
    NOON,
    Company,
)

BOSS, OUTSIDE = "+6591234567", "+6561112222"
CLOSED = DestinationFacts(DestinationKind.ANNOUNCEMENT, 9)
HANGUP = DestinationFacts(DestinationKind.HANGUP)


def path(company: Company, dialled: str = "101", caller: str = OUTSIDE, at: datetime = NOON) -> Path:
    snapshot = company.snapshot()
    return call_path(snapshot, caller_of(snapshot, caller), dialled, at)


def forward(kind: str, condition: str, to: DestinationFacts | None = None, origin: str = "external") -> dict:
    key = f"forward.{kind}.{origin}.{condition}"
    return {key: True, **({f"{key}.to": to} if to else {})}
