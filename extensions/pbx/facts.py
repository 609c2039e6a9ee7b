"""A tenant as a PBX needs it: the snapshot that the pages read, and beside it the secrets and what only telephones ask.

Kept apart from the snapshot so that pages never hold a secret, and never pay for reading one.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from hashlib import md5
from typing import Any

from django.db import connection, transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from extensions.models import AgentStatus, AudioFile, ConferenceRoom, Extension, Key, KeyKind, Mailbox, StatusKind
from extensions.snapshot.facts import Snapshot
from extensions.snapshot.load import take_snapshot
from portal.core.crypto import decrypt

_REMEMBERED = 20_000  # secrets: decrypting those of 5,000 telephones takes longer than reading everything else


@dataclass(frozen=True, slots=True)
class LineSecrets:
    """How one extension's telephones sign in. `ha1` is md5(username:realm:password), RFC 2617."""

    username: str
    ha1: str


@dataclass(frozen=True, slots=True)
class BoxSecrets:
    """`pin` is empty where nobody set one: then the box opens only from its own telephone."""

    pin: str
    greeting: int | None  # id of the sound


@dataclass(frozen=True, slots=True)
class SoundFacts:
    """An uploaded sound: its path in the tenant's media folder, and what tells its bytes from others."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class RoomSecrets:
    pin: str
    announce: bool
    wait_for_member: bool
    members: frozenset[int]


@dataclass(frozen=True, slots=True)
class TenantFacts:
    """Everything that one tenant's configuration is made of. Mappings are keyed by id.

    `places` are the kinds of agent status in the order in which codes count them (from 1). `watched_teams` and
    `watched_statuses` stand on somebody's keys and therefore need a lamp.
    """

    snapshot: Snapshot
    fqdn: str
    most_calls: int  # over trunks at once; 0: no limit
    lines: Mapping[int, LineSecrets]
    boxes: Mapping[int, BoxSecrets]
    rooms: Mapping[int, RoomSecrets]
    places: tuple[StatusKind, ...] = ()
    watched_teams: frozenset[int] = frozenset()
    watched_statuses: frozenset[StatusKind] = frozenset()
    moh: str = "default"
    sounds: Mapping[int, SoundFacts] = field(default_factory=dict)


def ha1(username: str, realm: str, password: str) -> str:
    """What a PBX keeps instead of the password (RFC 2617, section 3.2.2.2)."""
    return md5(f"{username}:{realm}:{password}".encode(), usedforsecurity=False).hexdigest()


@transaction.atomic
def take_tenant_facts(*, at: datetime) -> TenantFacts:
    """The active tenant as it is now, with its secrets, in a constant number of queries."""
    tenant: Any = connection.tenant
    domain = tenant.get_primary_domain()
    fqdn = domain.domain if domain else ""
    snapshot = take_snapshot(at=at)
    kinds = AgentStatus.objects.filter(enabled=True).order_by("position", "pk").values_list("kind", flat=True)
    keys = Key.objects.filter(kind__in=[KeyKind.TEAM_LOGIN, KeyKind.STATUS])
    watched = list(keys.values_list("team_id", "status__kind"))
    return TenantFacts(
        snapshot=snapshot,
        fqdn=fqdn,
        most_calls=tenant.max_channels,
        lines=_lines(fqdn),
        boxes=_boxes(),
        rooms=_rooms(),
        places=tuple(StatusKind(kind) for kind in kinds),
        watched_teams=frozenset(team for team, _kind in watched if team),
        watched_statuses=frozenset(StatusKind(kind) for _team, kind in watched if kind),
        sounds={pk: SoundFacts(path, sha) for pk, path, sha in AudioFile.objects.values_list("pk", "path", "sha256")},
    )


def _lines(fqdn: str) -> dict[int, LineSecrets]:
    slug = connection.schema_name
    rows = Extension.objects.annotate(kept=_kept("sip_password")).values_list("pk", "sip_username", "kept")
    return {pk: LineSecrets(username, _ha1(slug, username, fqdn, kept)) for pk, username, kept in rows}


def _boxes() -> dict[int, BoxSecrets]:
    slug = connection.schema_name
    rows = Mailbox.objects.annotate(kept=_kept("pin")).values_list("pk", "kept", "greeting_id")
    return {pk: BoxSecrets(_pin(slug, kept) if kept else "", greeting) for pk, kept, greeting in rows}


def _kept(column: str) -> Cast:
    """A secret as it is stored, encrypted."""
    return Cast(column, TextField())


@lru_cache(maxsize=_REMEMBERED)
def _ha1(slug: str, username: str, realm: str, kept: str | None) -> str:
    """The password itself is not remembered. Each encryption differs, so a new password is another `kept`."""
    return ha1(username, realm, decrypt(kept, schema=slug) if kept else "")


@lru_cache(maxsize=_REMEMBERED)
def _pin(slug: str, kept: str) -> str:
    return decrypt(kept, schema=slug)


def _rooms() -> dict[int, RoomSecrets]:
    members: dict[int, set[int]] = defaultdict(set)
    for room, extension in ConferenceRoom.members.through.objects.values_list("room_id", "extension_id"):
        members[room].add(extension)
    return {
        one.pk: RoomSecrets(one.pin or "", one.announce, one.wait_for_member, frozenset(members[one.pk]))
        for one in ConferenceRoom.objects.all()
    }
