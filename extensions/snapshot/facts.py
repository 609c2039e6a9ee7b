"""The facts of a snapshot: frozen, without queries, keyed by ids. Times of day are minutes since midnight.

Everything that decides about calls reads these, never the tables: the pages, the saved tests, and the rendering of a
PBX's configuration, so that all of them agree.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from extensions.models import (
    BlockAction,
    BlockDirection,
    BlockMatch,
    DestinationKind,
    DialKind,
    Feature,
    HolidayKind,
    OutgoingMatch,
    OverrideMode,
    ParkingReturn,
    RingStrategy,
    StatusKind,
)
from extensions.settings.resolve import Effective


@dataclass(frozen=True, slots=True)
class DestinationFacts:
    """Where a call goes; `target_id` is the id of the object that the kind points at, 0 where it points at none."""

    kind: DestinationKind
    target_id: int = 0
    number: str = ""


@dataclass(frozen=True, slots=True)
class HolidayFacts:
    id: int
    name: str
    kind: HolidayKind
    first_day: date | None
    last_day: date | None
    month: int | None
    weekday: int | None
    nth: int | None
    recurring: bool
    starts: int | None
    ends: int | None
    destination: DestinationFacts | None
    calendar: str
    is_global: bool


@dataclass(frozen=True, slots=True)
class IntervalFacts:
    """`ends` may pass 1440: it goes on into the next day."""

    weekday: int
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class OverrideFacts:
    mode: OverrideMode
    starts_at: datetime
    ends_at: datetime
    reason: str
    destination: DestinationFacts | None


@dataclass(frozen=True, slots=True)
class ScheduleFacts:
    id: int
    name: str
    zone: ZoneInfo
    opening: tuple[IntervalFacts, ...]
    breaks: tuple[IntervalFacts, ...]
    holidays: tuple[HolidayFacts, ...]  # of its own calendars and of the global ones
    overrides: tuple[OverrideFacts, ...]


@dataclass(frozen=True, slots=True)
class StatusFacts:
    kind: StatusKind
    label: str
    rings_team: bool
    takes_queue: bool


@dataclass(frozen=True, slots=True)
class BlockFacts:
    match: BlockMatch
    pattern: str
    direction: BlockDirection
    action: BlockAction


@dataclass(frozen=True, slots=True)
class ExceptionFacts:
    label: str
    prefix: str
    schedule_id: int | None
    when_open: bool
    destination: DestinationFacts | None


@dataclass(frozen=True, slots=True)
class RuleFacts:
    match: OutgoingMatch
    value: str
    allow: bool
    note: str


@dataclass(frozen=True, slots=True)
class RuleSetFacts:
    id: int
    name: str
    allow_by_default: bool
    rules: tuple[RuleFacts, ...]  # in order


@dataclass(frozen=True, slots=True)
class SpeedDialFacts:
    code: str
    label: str
    number: str


@dataclass(frozen=True, slots=True)
class MailboxFacts:
    id: int
    number: str  # of a shared box; else the extension's
    name: str
    extension_id: int | None


@dataclass(frozen=True, slots=True)
class ConferenceFacts:
    id: int
    number: str
    name: str
    most: int
    has_pin: bool


@dataclass(frozen=True, slots=True)
class ParkingFacts:
    number: str
    slots: tuple[str, ...]
    timeout: int  # seconds
    returns_to: ParkingReturn
    destination: DestinationFacts | None


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """`members` are ids of extensions in ring order; `settings` what holds at the team's level."""

    id: int
    name: str
    number: str
    strategy: RingStrategy
    ring_seconds: int
    no_answer: DestinationFacts | None
    members: tuple[int, ...]
    settings: Mapping[str, Effective]


@dataclass(frozen=True, slots=True)
class ExtensionFacts:
    """One extension with everything that decides about its calls. `settings` is what holds for it, by key."""

    id: int
    number: str
    name: str
    user_id: int | None
    suspended: bool
    home_team_id: int | None
    status: StatusFacts
    blocks: tuple[BlockFacts, ...]
    exceptions: tuple[ExceptionFacts, ...]
    speed_dials: tuple[SpeedDialFacts, ...]
    mailbox_id: int | None
    settings: Mapping[str, Effective]

    def value(self, key: str) -> Any:
        """The value of a setting that holds for this extension."""
        return self.settings[key].value


@dataclass(frozen=True, slots=True)
class Dialled:
    """What an internal number belongs to."""

    kind: DialKind
    owner_id: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One tenant's telephone system at `taken_at`. Mappings are keyed by id unless they say otherwise."""

    tenant: str
    country: str
    zone: ZoneInfo
    ani: str
    version: int
    taken_at: datetime
    company: Mapping[str, Effective]  # what holds for the company itself
    numbers: Mapping[str, Dialled]  # by number or code
    extensions: Mapping[int, ExtensionFacts]
    teams: Mapping[int, TeamFacts]
    schedules: Mapping[int, ScheduleFacts]
    rule_sets: Mapping[int, RuleSetFacts]
    mailboxes: Mapping[int, MailboxFacts]
    conferences: Mapping[int, ConferenceFacts]
    announcements: Mapping[int, str]  # names
    features: Mapping[str, Feature]  # by code
    speed_dials: Mapping[str, SpeedDialFacts]  # shared ones, by code
    blocks: tuple[BlockFacts, ...] = ()  # of the whole company
    exceptions: tuple[ExceptionFacts, ...] = ()
    statuses: Mapping[StatusKind, StatusFacts] = field(default_factory=dict)
    parking: ParkingFacts | None = None
    outside: Mapping[str, int | None] = field(default_factory=dict)  # own numbers (E.164), and the extension they ring

    def by_number(self, number: str) -> ExtensionFacts | None:
        """The extension with this number."""
        found = self.numbers.get(number)
        return self.extensions[found.owner_id] if found and found.kind is DialKind.EXTENSION else None
