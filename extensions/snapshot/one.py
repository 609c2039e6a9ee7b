"""One extension with what bears on its own decisions, from rows that were read already; all else only by name."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from extensions.models import Destination, DestinationKind, Extension, Level, RingStrategy, StatusKind
from extensions.models.destination import POINTERS
from extensions.snapshot.facts import (
    ConferenceFacts,
    ExceptionFacts,
    ExtensionFacts,
    MailboxFacts,
    ScheduleFacts,
    Snapshot,
    StatusFacts,
    TeamFacts,
)
from extensions.snapshot.holding import Holding
from extensions.snapshot.sayings import Sayers

AVAILABLE = StatusFacts(StatusKind.AVAILABLE, "", True, True)


def holding_of(extension: Extension, said: Sayers) -> Holding:
    """What holds for the extension, from what it and the levels above it say."""
    layers = [said.company, said.teams.get(extension.home_team_id, {}), said.extensions.get(extension.pk, {})]
    return Holding(Level.EXTENSION, layers)


def alone(
    extension: Extension,
    *,
    settings: Holding,
    status: StatusFacts,
    exceptions: tuple[ExceptionFacts, ...],
) -> ExtensionFacts:
    """The extension as facts, without lists of blocked callers and speed dials."""
    return ExtensionFacts(
        id=extension.pk,
        number=extension.number,
        name=extension.directory_name,
        user_id=extension.user_id,
        suspended=extension.is_suspended,
        home_team_id=extension.home_team_id,
        status=status,
        blocks=(),
        exceptions=exceptions,
        speed_dials=(),
        mailbox_id=None,
        settings=settings,
    )


def around(
    extension: ExtensionFacts,
    *,
    schedules: Mapping[int, ScheduleFacts],
    exceptions: tuple[ExceptionFacts, ...],
    destinations: Iterable[Destination],
    at: datetime,
) -> Snapshot:
    """A snapshot in which one extension is whole; the targets of `destinations` have names and nothing else.

    Enough for what the extension itself does with a call (callflow.first), not for where the call ends.
    """
    tenant: Any = connection.tenant
    named = _named(destinations)
    return Snapshot(
        tenant=tenant.schema_name,
        country=tenant.country,
        zone=tenant.time_zone,
        ani=tenant.ani,
        version=0,
        taken_at=at,
        company={},
        numbers={},
        extensions=named[DestinationKind.EXTENSION] | {extension.id: extension},
        teams=named[DestinationKind.TEAM],
        schedules=schedules,
        rule_sets={},
        mailboxes=named[DestinationKind.MAILBOX],
        conferences=named[DestinationKind.CONFERENCE],
        announcements=named[DestinationKind.ANNOUNCEMENT],
        features={},
        speed_dials={},
        exceptions=exceptions,
    )


def _named(destinations: Iterable[Destination]) -> dict[DestinationKind, dict[int, Any]]:
    found: dict[DestinationKind, dict[int, Any]] = {kind: {} for kind in POINTERS}
    for one in destinations:
        kind = DestinationKind(one.kind)
        row = getattr(one, POINTERS[kind]) if kind in POINTERS else None
        if row is not None:
            found[kind][row.pk] = _NAMES[kind](row)
    return found


def _team(row: Any) -> TeamFacts:
    return TeamFacts(row.pk, row.name, row.number, RingStrategy(row.strategy), row.ring_seconds, None, (), {})


_NAMES: Mapping[DestinationKind, Any] = {
    DestinationKind.EXTENSION: lambda row: ExtensionFacts(
        row.pk, row.number, row.directory_name, None, False, None, AVAILABLE, (), (), (), None, {}
    ),
    DestinationKind.TEAM: _team,
    DestinationKind.MAILBOX: lambda row: MailboxFacts(row.pk, row.number, str(row), row.extension_id),
    DestinationKind.CONFERENCE: lambda row: ConferenceFacts(row.pk, row.number, row.name, row.most, bool(row.pin)),
    DestinationKind.ANNOUNCEMENT: lambda row: row.name,
}
