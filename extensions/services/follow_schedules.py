"""Statuses that follow the schedule, and those whose own time is over (PRS-04). Called every minute in each tenant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Exists
from django.utils.translation import gettext as _
from django.utils.translation import override

from extensions.callflow.presence import (
    FOLLOWS,
    Held,
    PhaseNow,
    Wanted,
    phase_now,
    replaces,
    schedule_of,
    wanted,
)
from extensions.models import (
    AgentStatus,
    Configuration,
    Extension,
    ExtensionState,
    Level,
    Presence,
    SettingValue,
    StatusKind,
    StatusSource,
)
from extensions.services.configuration import configuration_changed
from extensions.services.presence_log import Change, write_changes
from extensions.settings.resolve import Effective
from extensions.snapshot.holding import Holding
from extensions.snapshot.hours import load_schedules
from extensions.snapshot.sayings import Sayers, load_sayings


@dataclass(frozen=True, slots=True)
class _World:
    """What is read once, whatever the number of people."""

    statuses: Mapping[StatusKind, AgentStatus]
    wishes: Mapping[int, Wanted]  # by extension, for those who follow a schedule
    at: datetime


@transaction.atomic
def follow_schedules(*, at: datetime) -> int:
    """Give everybody who follows a schedule the status that it wants, and end what is over; returns how many changed.

    One query where nothing follows and nothing ends. What was set by hand stays until the schedule changes next, or
    until its own end. Suspended extensions are left alone. PRS-03, PRS-04.
    """
    if not _anything_to_do(at):
        return 0
    with override("en"):  # notes are stored
        world = _look(at)
        ids = [change.extension_id for change in _changes(world, _presences(None, at, world.wishes))]
        if not ids:
            return 0
        # Always in the same order, so that two of these never wait for each other.
        found = Extension.objects.filter(pk__in=ids).order_by("pk").select_for_update(of=("self",))
        locked = list(found.values_list("pk", flat=True))
        changes = _changes(world, _presences(locked, at, world.wishes))
        written = write_changes(changes, source=StatusSource.SCHEDULE, by=None, at=at)
    if any(not change.quiet for change in changes):
        configuration_changed(by=None)
    return written


def _anything_to_do(at: datetime) -> bool:
    if (connection.tenant.platform_settings or {}).get(FOLLOWS, {}).get("value"):
        return True
    ending = Presence.objects.filter(until__lte=at)
    following = SettingValue.objects.filter(key=FOLLOWS, value=True)
    return Configuration.objects.filter(Exists(ending) | Exists(following)).exists()


def _look(at: datetime) -> _World:
    statuses = {StatusKind(one.kind): one for one in AgentStatus.objects.all()}
    usable = frozenset(kind for kind, one in statuses.items() if one.enabled)
    said = load_sayings()
    people = Extension.objects.exclude(state=ExtensionState.SUSPENDED).values_list("pk", "home_team_id")
    asked = {pk: settings for pk, settings in _settings(people, said) if schedule_of(settings)}
    schedules = load_schedules(ZoneInfo(str(connection.tenant.time_zone))) if asked else {}
    phases: dict[Any, PhaseNow | None] = {}
    wishes = {}
    for pk, settings in asked.items():
        key = schedule_of(settings)
        if key is None:
            continue
        if key not in phases:
            hours, breaks, exempt = key
            schedule, resting = schedules.get(hours), schedules.get(breaks) if breaks else None
            phases[key] = phase_now(schedule, at, breaks=resting, exempt=exempt) if schedule else None
        now = phases[key]
        if now is not None:
            wishes[pk] = wanted(settings, now, usable)
    return _World(statuses, wishes, at)


def _settings(people: Iterable[tuple[int, int | None]], said: Sayers) -> Iterable[tuple[int, Mapping[str, Effective]]]:
    """What holds for each; everybody of a team who says nothing of their own shares one answer."""
    shared: dict[int | None, Holding] = {}
    for pk, team in people:
        own = said.extensions.get(pk)
        layers = [said.company, said.teams.get(team, {})]
        if own:
            yield pk, Holding(Level.EXTENSION, [*layers, own])
        else:
            yield pk, shared.setdefault(team, Holding(Level.EXTENSION, layers))


def _presences(ids: list[int] | None, at: datetime, wishes: Mapping[int, Wanted]) -> dict[int, Presence | None]:
    """Who may be concerned, with what they have: followers, and everybody whose status is over."""
    rows = Presence.objects.select_related("status").exclude(extension__state=ExtensionState.SUSPENDED)
    if ids is not None:
        rows = rows.filter(extension__in=ids)
    found: dict[int, Presence | None] = {pk: None for pk in wishes if ids is None or pk in ids}
    for row in rows.iterator():
        if row.extension_id in wishes or (row.until is not None and row.until <= at):
            found[row.extension_id] = row
    return found


def _changes(world: _World, people: Mapping[int, Presence | None]) -> list[Change]:
    found = [_change(world, pk, row) for pk, row in people.items()]
    return [change for change in found if change is not None]


def _change(world: _World, pk: int, row: Presence | None) -> Change | None:
    wish = world.wishes.get(pk)
    if wish is None:
        return _ended(world, row) if row is not None else None
    held = _held(row) if row is not None else None
    if not replaces(wish, held, world.at):
        return None
    quiet = (held.kind if held else StatusKind.AVAILABLE) is wish.kind and (held is None or held.by_schedule)
    if quiet and held is not None and held.until == wish.until:
        return None
    return Change(pk, world.statuses[wish.kind], until=wish.until, quiet=quiet)


def _ended(world: _World, row: Presence) -> Change | None:
    if row.until is None:
        return None
    note = _("The time for “%(status)s” was over") % {"status": row.status.label}
    return Change(row.extension_id, world.statuses[StatusKind.AVAILABLE], note=note, at=row.until)


def _held(row: Presence) -> Held:
    return Held(StatusKind(row.status.kind), row.source == StatusSource.SCHEDULE, row.since, row.until)
