"""What the portal asks of a PBX, whatever it is (PBX-12). Asterisk and the simulator implement it alike.

A tenant is named by its slug (`t2`), which never changes. Extensions, teams and boxes are named by their ids, so that a
number that changes moves nothing; what people dial is told beside it.
"""

from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from extensions.pbx.events import PbxEvent, PhoneFeature
from extensions.pbx.facts import TenantFacts
from extensions.pbx.messages import Folder, Message
from extensions.pbx.recordings import Recording

# One tenant's rendered files: name relative to the tenant's folder, and the whole text.
FileSet = Mapping[str, str]


class PbxFault(Exception):
    """The PBX did not do what it was asked. `args[0]` is one sentence for operators, without secrets."""


class PbxAway(PbxFault):
    """It cannot be reached, or went away in the middle: the same is worth trying again later."""


class NotTaken(PbxFault):
    """It answered, but is not what was meant after the reload; the version before is in place again."""


class NotConverted(Exception):
    """A sound of which nothing can be made that a telephone could play."""


@dataclass(frozen=True, slots=True)
class PbxInfo:
    """Who answered. `skew` is its clock minus ours, in seconds."""

    product: str
    version: str
    system_name: str
    started_at: datetime
    reloaded_at: datetime
    calls: int
    skew: float = 0.0


@dataclass(frozen=True, slots=True)
class Sound:
    """What people uploaded, for telephones. `digest` tells it from another one with the same name.

    `read` gives it as WAV with 8 kHz, 16 bits, mono; it is asked only where the PBX does not have it. It raises
    NotConverted where nothing can be made of it; then it is left out and the rest goes on.
    """

    digest: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Change:
    """One tenant's configuration as it is meant to be: files, announcements by id, and greetings by box."""

    facts: TenantFacts
    files: FileSet
    announcements: Mapping[int, Sound] = field(default_factory=dict)
    greetings: Mapping[int, Sound] = field(default_factory=dict)

    @property
    def tenant(self) -> str:
        return self.facts.snapshot.tenant


@dataclass(frozen=True, slots=True)
class Applied:
    """A tenant is in force: by which files, what had to be read again, and how long it took.

    `reloaded` names the parts of the PBX that read their files again; empty where nothing had changed.
    """

    digest: str
    reloaded: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Flags:
    """What changes without a reload. Keys are ids of extensions; `since` is an epoch.

    `statuses` holds kind and since of everybody whose status was ever set, `numbers` their extensions' numbers;
    `resting` are the kinds in which team calls do not ring.
    """

    statuses: Mapping[int, tuple[str, int]] = field(default_factory=dict)
    resting: frozenset[str] = frozenset()
    numbers: Mapping[int, str] = field(default_factory=dict)


class PbxDriver(Protocol):
    """One PBX. Raises PbxAway where it cannot be reached and PbxFault where it refuses."""

    kind: str

    def know(self, domains: Mapping[str, str]) -> None:
        """From now on these are the tenants on this PBX: FQDN to slug. Told before `events`, and again at changes."""

    async def probe(self) -> PbxInfo:
        """Who is there."""

    def render(self, facts: TenantFacts) -> FileSet:
        """A tenant's whole configuration. Pure: the same facts give the same files, byte for byte."""

    async def apply(self, changes: Sequence[Change], shared: FileSet) -> Mapping[str, Applied | PbxFault]:
        """Put these tenants and what all share in force, and look whether they are; one entry for each tenant.

        Sounds are written where the PBX has others or none; what somebody recorded on the telephone later than the
        portal placed a greeting stays. However many change, every part of the PBX reads its files once. A tenant that
        is not what was meant goes back to the version before, with NotTaken as its entry; the others stay. Idempotent.
        Raises PbxAway.
        """

    async def remove(self, tenant: str) -> None:
        """Take a tenant off; nothing happens where it is not there."""

    async def digest(self, tenant: str) -> str:
        """The digest of what is in force for a tenant, empty where nothing is; another one than applied is drift."""

    async def set_flags(self, tenant: str, flags: Flags) -> Sequence[PhoneFeature]:
        """Make a tenant's flags these; returns what telephones changed since, which stays and the portal must learn."""

    async def pins(self, tenant: str) -> Mapping[int, str]:
        """The PINs of boxes, by id, that telephones set and that are not what was applied."""

    async def resync_phone(self, tenant: str, number: str, event: str) -> int:
        """Ask the telephones registered for an extension, by the SIP event that their maker listens to, to fetch their
        configuration again; how many were asked."""

    async def dial(self, tenant: str, address: str, number: str) -> None:
        """Let the telephones of an extension (`101@fqdn`) ring; whoever lifts one calls `number` by the rules of it."""

    async def hang_up(self, tenant: str, channel: str) -> None:
        """End one leg of a call of this tenant."""

    async def messages(self, tenant: str, boxes: Collection[int] | None = None) -> Sequence[Message]:
        """The voicemail messages in these boxes (all of the tenant's unless told), the newest first."""

    async def message_audio(self, tenant: str, box: int, message: str) -> bytes | None:
        """A message as a WAV file; None where it is not there any more."""

    async def move_messages(self, tenant: str, box: int, messages: Collection[str], to: Folder) -> int:
        """Put messages of a box into a folder; lamps follow. How many are there now; those that are gone are not."""

    async def forward_messages(self, tenant: str, box: int, messages: Collection[str], to_box: int) -> int:
        """Put copies of messages, as new ones, into another box of the tenant; how many."""

    async def remove_messages(self, tenant: str, box: int, messages: Collection[str]) -> int:
        """Take messages away for good; how many. Nothing happens where one is not there."""

    async def close_boxes(self, tenant: str, full: Mapping[int, bool]) -> None:
        """Let these boxes take no more messages, or take them again; boxes that are not named stay as they are."""

    async def recordings(self, tenant: str) -> Sequence[Recording]:
        """The recorded calls of a tenant that have ended, the newest first."""

    async def recording_audio(self, tenant: str, recording: str) -> bytes | None:
        """A recorded call that has ended as a WAV file; None where the tenant has no such one."""

    async def forget_recordings(self, tenant: str, before: datetime) -> int:
        """Take away recordings of calls that began before; how many."""

    def events(self) -> AsyncIterator[PbxEvent]:
        """First everything as it is now, ended by `CaughtUp`, then every change; ends or raises PbxAway when lost."""
