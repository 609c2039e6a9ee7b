"""What one call needs of a tenant's telephone system, read when the call gets there.

Of a company of 15,000 people a call touches a handful. How often the database is asked depends on the stations that the
call passes, never on how many people there are; lists that no call goes through (parking) are not read.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db import connection

from extensions.models import (
    AudioFile,
    BlockedCaller,
    CallException,
    ConferenceRoom,
    DialKind,
    DialNumber,
    Feature,
    FeatureCode,
    Level,
    Mailbox,
    OutsideNumber,
    SettingValue,
    SpeedDial,
    StatusKind,
    Team,
    TeamMember,
)
from extensions.snapshot import calls, hours, load
from extensions.snapshot.facts import Dialled, ExtensionFacts, Snapshot, StatusFacts, TeamFacts
from extensions.snapshot.holding import Holding
from extensions.snapshot.sayings import Sayers, load_sayings

K, V = TypeVar("K"), TypeVar("V")


class Asked(Mapping[K, V]):
    """Reads what is asked for, once. `read` takes the keys that are not known yet and returns those that exist.

    Iterating gives what was read so far, never all there is.
    """

    def __init__(self, read: Callable[[Collection[K]], Mapping[K, V]]) -> None:
        self._read = read
        self._known: dict[K, V | None] = {}

    def ready(self, keys: Collection[K]) -> None:
        """Read all of these together."""
        new = [key for key in keys if key not in self._known]
        if new:
            found = self._read(new)
            self._known |= {key: found.get(key) for key in new}

    def __getitem__(self, key: K) -> V:
        self.ready([key])
        found = self._known[key]
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[K]:
        return (key for key, found in self._known.items() if found is not None)

    def __len__(self) -> int:
        return sum(1 for _key in self)


class Later(Mapping[K, V]):
    """Reads everything, when something of it is asked for; key 0 is nothing."""

    def __init__(self, read: Callable[[], Mapping[K, V]]) -> None:
        self._read = read
        self._all: Mapping[K, V] | None = None

    def _known(self) -> Mapping[K, V]:
        if self._all is None:
            self._all = self._read()
        return self._all

    def __getitem__(self, key: K) -> V:
        if not key:
            raise KeyError(key)
        return self._known()[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._known())

    def __len__(self) -> int:
        return len(self._known())


def snapshot_for_call(*, at: datetime, everybody_available: bool = False) -> Snapshot:
    """The active tenant as far as one call asks for it; for one thread, within one request.

    `everybody_available` as callflow.statuses.with_everybody_available, which would have to read everybody.
    """
    tenant: Any = connection.tenant
    said = load_sayings(SettingValue.objects.filter(extension=None).select_related("team", "destination"))
    reader = _Reader(at, said, load.load_statuses(), everybody_available)
    zone = ZoneInfo(str(tenant.time_zone))
    return Snapshot(
        tenant=tenant.schema_name,
        country=tenant.country,
        zone=zone,
        ani=tenant.ani,
        version=0,
        taken_at=at,
        company=Holding(Level.TENANT, [said.company]),
        numbers=Asked(_numbers),
        extensions=reader.extensions,
        teams=Asked(reader.read_teams),
        schedules=Later(lambda: hours.load_schedules(zone)),
        rule_sets=Later(calls.load_rule_sets),
        mailboxes=Asked(_mailboxes),
        conferences=Asked(_conferences),
        announcements=Asked(_announcements),
        features={one.code: Feature(one.feature) for one in FeatureCode.objects.filter(enabled=True)},
        speed_dials=Asked(_speed_dials),
        blocks=calls.load_blocks(BlockedCaller.objects.filter(extension=None))[None],
        exceptions=calls.load_exceptions(CallException.objects.filter(extension=None))[None],
        statuses=reader.statuses,
        outside=Later(lambda: dict(OutsideNumber.objects.values_list("e164", "extension_id"))),
    )


@dataclass(slots=True)
class _Reader:
    """Reads extensions and teams with what the levels above them say. The members of a team are read with it."""

    at: datetime
    said: Sayers
    statuses: dict[StatusKind, StatusFacts]
    everybody_available: bool
    extensions: Asked[int, ExtensionFacts] = field(init=False)

    def __post_init__(self) -> None:
        self.extensions = Asked(self.read_extensions)

    def read_extensions(self, ids: Collection[int]) -> Mapping[int, ExtensionFacts]:
        """Seven queries, whatever their number."""
        own = load_sayings(SettingValue.objects.filter(extension__in=ids).select_related("team", "destination"))
        self.said.extensions.update(own.extensions)
        lists = load.Lists(
            calls.load_blocks(BlockedCaller.objects.filter(extension__in=ids)),
            calls.load_exceptions(CallException.objects.filter(extension__in=ids)),
        )
        found = load.extensions_as_facts(lists, self.said, self.statuses, self.at, only=ids)
        if not self.everybody_available:
            return found
        plain = StatusFacts(StatusKind.AVAILABLE, str(StatusKind.AVAILABLE.label), rings_team=True, takes_queue=True)
        status = self.statuses.get(StatusKind.AVAILABLE, plain)
        return {pk: replace(one, status=status) for pk, one in found.items()}

    def read_teams(self, ids: Collection[int]) -> Mapping[int, TeamFacts]:
        """Two queries, and those for the members."""
        members = defaultdict(list)
        for one in TeamMember.objects.filter(team__in=ids).order_by("team_id", "position"):
            members[one.team_id].append(one)
        self.extensions.ready([one.extension_id for seats in members.values() for one in seats])
        teams = Team.objects.filter(pk__in=ids).select_related("no_answer")
        return {team.pk: load.team_as_facts(team, members[team.pk], self.said) for team in teams}


def _numbers(numbers: Collection[str]) -> dict[str, Dialled]:
    rows = DialNumber.objects.filter(number__in=numbers).values_list("number", "kind", "owner_id")
    return {number: Dialled(DialKind(kind), owner) for number, kind, owner in rows}


def _mailboxes(ids: Collection[int]) -> dict[int, Any]:
    return {box.id: box for box in load.mailboxes_as_facts(Mailbox.objects.filter(pk__in=ids))}


def _conferences(ids: Collection[int]) -> dict[int, Any]:
    return {room.pk: load.conference_as_facts(room) for room in ConferenceRoom.objects.filter(pk__in=ids)}


def _announcements(ids: Collection[int]) -> dict[int, str]:
    return dict(AudioFile.objects.filter(purpose="announcement", pk__in=ids).values_list("pk", "name"))


def _speed_dials(codes: Collection[str]) -> dict[str, Any]:
    rows = SpeedDial.objects.filter(extension=None, code__in=codes)
    return {one.code: load.speed_dial_as_facts(one) for one in rows}
