"""Taking a snapshot: one query for each table, whatever the number of rows.

Of the large tables only the columns that facts are made of are read: a company of 15,000 people has 30,000 secrets, and
to decrypt them takes far longer than all the rest.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import QuerySet

from extensions.models import (
    AgentStatus,
    AudioFile,
    ConferenceRoom,
    Configuration,
    DialKind,
    DialNumber,
    Extension,
    ExtensionState,
    Feature,
    FeatureCode,
    Level,
    Mailbox,
    OutsideNumber,
    ParkingLot,
    ParkingReturn,
    Presence,
    RingStrategy,
    SpeedDial,
    StatusKind,
    Team,
    TeamMember,
)
from extensions.snapshot import calls, hours
from extensions.snapshot.facts import (
    ConferenceFacts,
    Dialled,
    ExtensionFacts,
    MailboxFacts,
    ParkingFacts,
    Snapshot,
    SpeedDialFacts,
    StatusFacts,
    TeamFacts,
)
from extensions.snapshot.holding import Holding
from extensions.snapshot.sayings import Sayers, load_sayings

_OF_EXTENSION = ("pk", "number", "directory_name", "user_id", "state", "home_team_id")


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists about callers, by the extension that they belong to; None is the company."""

    blocks: dict[int | None, Any]
    exceptions: dict[int | None, Any]


@transaction.atomic
def take_snapshot(*, at: datetime) -> Snapshot:
    """The active tenant's telephone system as it is now; `at` is the moment that it is taken for."""
    tenant: Any = connection.tenant
    zone = ZoneInfo(str(tenant.time_zone))
    said = load_sayings()
    known = AgentStatus.objects.filter(enabled=True).order_by("position", "pk")
    statuses = {StatusKind(one.kind): _status(one) for one in known}
    teams = Team.objects.select_related("no_answer").order_by("pk")
    seats = TeamMember.objects.order_by("team_id", "position").values_list("team_id", "extension_id", named=True)
    members, blocks, exceptions = _by(seats, "team_id"), calls.load_blocks(), calls.load_exceptions()
    return Snapshot(
        tenant=tenant.schema_name,
        country=tenant.country,
        zone=zone,
        ani=tenant.ani,
        version=Configuration.objects.get(pk=1).version,
        taken_at=at,
        company=Holding(Level.TENANT, [said.company]),
        numbers={
            number: Dialled(DialKind(kind), owner)
            for number, kind, owner in DialNumber.objects.values_list("number", "kind", "owner_id")
        },
        extensions=extensions_as_facts(Lists(blocks, exceptions), said, statuses, at),
        teams={team.pk: team_as_facts(team, members[team.pk], said) for team in teams},
        schedules=hours.load_schedules(zone),
        rule_sets=calls.load_rule_sets(),
        mailboxes={box.id: box for box in mailboxes_as_facts(Mailbox.objects.all())},
        conferences={room.pk: conference_as_facts(room) for room in ConferenceRoom.objects.order_by("pk")},
        announcements=dict(AudioFile.objects.filter(purpose="announcement").values_list("pk", "name")),
        features={one.code: Feature(one.feature) for one in FeatureCode.objects.filter(enabled=True)},
        speed_dials={one.code: speed_dial_as_facts(one) for one in SpeedDial.objects.filter(extension=None)},
        blocks=blocks[None],
        exceptions=exceptions[None],
        statuses=statuses,
        parking=_parking(),
        outside=dict(OutsideNumber.objects.values_list("e164", "extension_id")),
    )


def load_statuses() -> dict[StatusKind, StatusFacts]:
    """The statuses in use."""
    return {StatusKind(one.kind): _status(one) for one in AgentStatus.objects.filter(enabled=True)}


def extensions_as_facts(
    lists: Lists,
    said: Sayers,
    statuses: dict[StatusKind, StatusFacts],
    at: datetime,
    *,
    only: Collection[int] | None = None,
) -> dict[int, ExtensionFacts]:
    """Every extension, or `only` those with these ids, in four queries; `lists` and `said` must hold what is theirs."""
    theirs = {"extension__isnull": False} if only is None else {"extension__in": only}
    dials = _by(SpeedDial.objects.filter(**theirs).order_by("code"), "extension_id")
    boxes = dict(Mailbox.objects.filter(**theirs).values_list("extension_id", "pk"))
    held = Presence.objects.filter(**theirs).values_list("extension_id", "until", "status__kind")
    now = {extension: kind for extension, until, kind in held if until is None or until > at}
    rows = Extension.objects.all() if only is None else Extension.objects.filter(pk__in=only)
    available = statuses.get(StatusKind.AVAILABLE) or StatusFacts(StatusKind.AVAILABLE, "", True, True)
    return {
        one.pk: ExtensionFacts(
            id=one.pk,
            number=one.number,
            name=one.directory_name,
            user_id=one.user_id,
            suspended=one.state == ExtensionState.SUSPENDED,
            home_team_id=one.home_team_id,
            status=statuses.get(StatusKind(now[one.pk]), available) if one.pk in now else available,
            blocks=lists.blocks[one.pk],
            exceptions=lists.exceptions[one.pk],
            speed_dials=tuple(speed_dial_as_facts(dial) for dial in dials[one.pk]),
            mailbox_id=boxes.get(one.pk),
            settings=Holding(
                Level.EXTENSION,
                [said.company, said.teams.get(one.home_team_id, {}), said.extensions.get(one.pk, {})],
            ),
        )
        for one in rows.order_by("pk").values_list(*_OF_EXTENSION, named=True)
    }


def team_as_facts(team: Team, members: list[Any], said: Sayers) -> TeamFacts:
    """One team; `members` are its rows in order, and `team` was read with `no_answer`."""
    return TeamFacts(
        id=team.pk,
        name=team.name,
        number=team.number,
        strategy=RingStrategy(team.strategy),
        ring_seconds=team.ring_seconds,
        no_answer=hours.destination_facts(team.no_answer),
        members=tuple(member.extension_id for member in members),
        settings=Holding(Level.TEAM, [said.company, said.teams.get(team.pk, {})]),
    )


def _status(status: AgentStatus) -> StatusFacts:
    return StatusFacts(StatusKind(status.kind), status.label, status.rings_team, status.takes_queue)


def mailboxes_as_facts(rows: QuerySet[Mailbox]) -> Iterator[MailboxFacts]:
    """These boxes; one query."""
    columns = ("pk", "number", "name", "extension_id", "extension__number", "extension__directory_name")
    for pk, number, name, extension, its_number, its_name in Mailbox.objects.order_by("pk").values_list(*columns):
        if extension is None:
            yield MailboxFacts(pk, number, f"{number} {name}", None)
        else:
            yield MailboxFacts(pk, number or its_number, f"{its_number} {its_name}", extension)


def conference_as_facts(room: ConferenceRoom) -> ConferenceFacts:
    """One room."""
    return ConferenceFacts(room.pk, room.number, room.name, room.most, bool(room.pin))


def speed_dial_as_facts(dial: SpeedDial) -> SpeedDialFacts:
    """One speed dial."""
    return SpeedDialFacts(dial.code, dial.label, dial.number)


def _parking() -> ParkingFacts | None:
    lot = ParkingLot.objects.select_related("destination").prefetch_related("slots").first()
    if lot is None:
        return None
    return ParkingFacts(
        number=lot.number,
        slots=tuple(sorted((slot.number for slot in lot.slots.all()), key=int)),
        timeout=lot.timeout,
        returns_to=ParkingReturn(lot.returns_to),
        destination=hours.destination_facts(lot.destination),
    )


def _by(rows: Iterable[Any], name: str) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found
