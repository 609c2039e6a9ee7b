"""What a PBX tells, in one language for all PBXs. Every event names its tenant; what cannot be attributed is Stray.

Numbers are internal numbers as people dial them; ids are those of the tenant's tables. Moments are aware (UTC).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LineState(StrEnum):
    """What the telephones of an extension do (PRS-02), by what a lamp shows (RFC 4235 and Asterisk's hints)."""

    IDLE = "idle"
    RINGING = "ringing"
    IN_CALL = "in_call"
    ON_HOLD = "on_hold"
    BUSY = "busy"
    UNREACHABLE = "unreachable"  # registered, but does not answer
    UNREGISTERED = "unregistered"


class LegState(StrEnum):
    DIALLING = "dialling"
    RINGING = "ringing"
    UP = "up"
    HOLD = "hold"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class PbxEvent:
    """Base of all events."""


@dataclass(frozen=True, slots=True)
class TenantEvent(PbxEvent):
    tenant: str


@dataclass(frozen=True, slots=True)
class CaughtUp(PbxEvent):
    """Everything that is now the case has been told; what was not told is gone."""


@dataclass(frozen=True, slots=True)
class Line(TenantEvent):
    """An extension's telephones changed what they do."""

    number: str
    state: LineState


@dataclass(frozen=True, slots=True)
class Registered(TenantEvent):
    """All telephones that are registered for an extension now; none: it is not registered."""

    number: str
    phones: tuple["Contact", ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """One registered telephone. `milliseconds` is its last round trip, None where it did not answer."""

    agent: str
    address: str
    milliseconds: float | None
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Leg(TenantEvent):
    """One side of a call as it is now. Legs with the same `call` belong together; `bridge` tells who talks to whom.

    `number` is the extension on this side, empty for a leg to the outside; `other` is whom it talks to or dials.
    """

    id: str
    call: str
    number: str
    other: str
    other_name: str
    incoming: bool  # towards the telephone
    outside: bool  # over a trunk
    state: LegState
    since: datetime
    answered_at: datetime | None
    bridge: str


@dataclass(frozen=True, slots=True)
class LegGone(TenantEvent):
    id: str


@dataclass(frozen=True, slots=True)
class Parked(TenantEvent):
    """A call waits in a slot. `caller` is who waits, `by` who parked it (internal numbers or E.164)."""

    slot: str
    caller: str
    caller_name: str
    by: str
    since: datetime
    returns_at: datetime | None


@dataclass(frozen=True, slots=True)
class SlotFree(TenantEvent):
    slot: str


@dataclass(frozen=True, slots=True)
class BoxCount(TenantEvent):
    """How many messages a voicemail box holds."""

    box: int
    new: int
    old: int


@dataclass(frozen=True, slots=True)
class Member(TenantEvent):
    """An extension in a team, as the PBX sees it."""

    team: int
    extension: int
    paused: bool
    reason: str
    in_call: bool
    calls_taken: int


@dataclass(frozen=True, slots=True)
class MemberGone(TenantEvent):
    """An extension is in a team no more."""

    team: int
    extension: int


@dataclass(frozen=True, slots=True)
class PhoneFeature(TenantEvent):
    """Somebody used a feature code or key: the portal does what it means. `argument` is what was dialled after it."""

    extension: int
    feature: str  # a value of extensions.models.Feature, or "emergency"
    argument: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Stray(PbxEvent):
    """An event that names no tenant we know; kept for operators, never guessed."""

    name: str
    hint: str  # what it said about itself: a channel, context or domain
    at: datetime
