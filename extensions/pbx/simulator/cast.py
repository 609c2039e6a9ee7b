"""Who plays: a tenant's real extensions, teams, slots and boxes, as the simulator's only configuration file."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from extensions.settings.catalogue.recording import RecordingMode
from extensions.settings.resolve import Effective
from extensions.snapshot.facts import Snapshot

FILE = "simulation.json"


@dataclass(frozen=True, slots=True)
class Player:
    """One extension; `box` is the id of its voicemail box, 0 for none. `tapes`: the directions whose calls are always
    recorded (`in`, `out`); nobody is there who could ask for it by a key."""

    id: int
    number: str
    name: str
    box: int
    tapes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cast:
    """One tenant as the simulator knows it. `teams`: the ids of the members of each team with a number. `taped`: the
    ids of teams whose calls are recorded."""

    tenant: str
    players: tuple[Player, ...]
    teams: tuple[tuple[int, tuple[int, ...]], ...]
    slots: tuple[str, ...]
    boxes: tuple[int, ...]
    taped: tuple[int, ...] = ()


def render_cast(snapshot: Snapshot) -> dict[str, str]:
    """A tenant's file. The same snapshot gives the same text."""
    players = sorted(snapshot.extensions.values(), key=lambda one: one.number)
    cast = Cast(
        tenant=snapshot.tenant,
        players=tuple(
            Player(one.id, one.number, one.name, one.mailbox_id or 0, _tapes(one.settings))
            for one in players
            if not one.suspended
        ),
        teams=tuple((team.id, tuple(team.members)) for _id, team in sorted(snapshot.teams.items()) if team.number),
        slots=tuple(snapshot.parking.slots) if snapshot.parking else (),
        boxes=tuple(sorted(snapshot.mailboxes)),
        taped=tuple(id for id, team in sorted(snapshot.teams.items()) if "in" in _tapes(team.settings)),
    )
    return {FILE: json.dumps(asdict(cast), ensure_ascii=False, indent=1) + "\n"}


def _tapes(settings: Mapping[str, Effective]) -> tuple[str, ...]:
    rules = {"in": "recording.incoming", "out": "recording.outgoing"}
    return tuple(way for way, key in rules.items() if settings[key].value == RecordingMode.ALWAYS)


def read_cast(text: str) -> Cast:
    """The cast that a file tells of. Raises ValueError, KeyError or TypeError for another file."""
    told = json.loads(text)
    return Cast(
        tenant=told["tenant"],
        players=tuple(Player(**{**one, "tapes": tuple(one.get("tapes", ()))}) for one in told["players"]),
        teams=tuple((team, tuple(members)) for team, members in told["teams"]),
        slots=tuple(told["slots"]),
        boxes=tuple(told["boxes"]),
        taped=tuple(told.get("taped", ())),
    )
