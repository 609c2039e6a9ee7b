"""The live board: colleagues with status and device, calls with who talks to whom, channels in use (MON-01, PRS-05)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, OuterRef

from extensions.board.devices import device_of
from extensions.board.viewing import Viewer, viewer_of
from extensions.keys.visibility import visibilities
from extensions.looks import DeviceState
from extensions.models import Extension, ExtensionState, Favourite, TeamMember
from extensions.pbx.live.calls import Call
from extensions.pbx.live.reader import Live, live_now
from extensions.presence_selectors import StatusNow, people, status_now
from portal.accounts.models import User
from portal.core.phone_numbers import for_people
from portal.permissions import Perm

MOST = 120  # people on one board; further ones are found by the search
CALLEES = 3  # named in the row of one call
FAVOURITES, ALL = "favourites", "all"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is asked for: `show` is “all”, “favourites” or a team's id, `q` a name or the beginning of a number, `state`
    a DeviceState's value; empty for any."""

    show: str = ALL
    q: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Colleague:
    """One person of the directory. `other` is whom they talk to, empty where that is not shown."""

    id: int
    number: str
    name: str
    favourite: bool
    status: StatusNow
    device: DeviceState
    other: str = ""
    since: datetime | None = None  # of the call


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call that may be shown. Parties in words; `leg` is what ends it."""

    call: Call
    caller: str
    callee: str
    leg: str


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the live board. `calls` is None for those who may not see all; `unseen` counts hidden ones."""

    live: Live
    colleagues: Sequence[Colleague]
    more: int
    calls: Sequence[CallRow] | None
    unseen: int
    channels: int
    channels_allowed: int
    registered: int
    devices: Mapping[DeviceState, int] = field(default_factory=dict)


def board(viewer: User, wanted: Wanted, *, available: str, at: datetime) -> Board:
    """The board as `viewer` may see it; `available` is what that status is called here.

    Four queries and one round trip to the live state; of all but the first `MOST` only what decides who is shown.
    """
    live = live_now()
    everybody = _everybody(viewer)
    wishes = visibilities(everybody)
    own = next((one.number for one in everybody if one.user_id == viewer.pk), "") if not viewer.is_guest else ""
    sees_all = viewer.may(Perm.LIVE_READ)
    seen = viewer_of(own, sees_all=sees_all, extensions=everybody, wishes=wishes)
    names = {one.number: one.directory_name for one in everybody}
    shown = _shown(everybody, wanted)
    calls, unseen = _calls(live, seen, names) if sees_all else (None, 0)
    busy = {number: call for call in live.calls for number in call.numbers}
    view = _View(live, seen, busy, names)
    fitting = [one for one in shown if wanted.state in ("", view.device(one.number).value)]
    named = people().in_bulk([one.pk for one in fitting[:MOST]])
    statuses = {pk: status_now(one, at=at, available=available) for pk, one in named.items()}
    colleagues = [_colleague(one, statuses[one.pk], view) for one in fitting[:MOST] if one.pk in statuses]
    devices: dict[DeviceState, int] = {}
    for one in colleagues:
        devices[one.device] = devices.get(one.device, 0) + 1
    return Board(
        live=live,
        colleagues=colleagues,
        more=max(0, len(fitting) - MOST),
        calls=calls,
        unseen=unseen,
        channels=live.channels,
        channels_allowed=connection.tenant.max_channels,
        registered=sum(1 for one in everybody if live.phones.get(one.number)),
        devices=devices,
    )


def party(number: str, name: str, names: Mapping[str, str]) -> str:
    """A party of a call in words: number and name of a colleague, or an outside number as people write it."""
    if number in names:
        return f"{number} {names[number]}"
    return f"{for_people(number)} {name}".strip() if number else name


def _everybody(viewer: User) -> list[Any]:
    """Everybody in service, with whether `viewer` marked them and the ids of their teams; one query, and bare values,
    because there may be many thousands."""
    marked = Favourite.objects.filter(user_id=None if viewer.is_guest else viewer.pk, extension=OuterRef("pk"))
    teams = TeamMember.objects.filter(extension=OuterRef("pk")).values_list("team_id")
    rows = Extension.objects.exclude(state=ExtensionState.SUSPENDED).order_by("number")
    told = rows.annotate(favourite=Exists(marked), team_ids=ArraySubquery(teams))
    columns = ("pk", "number", "directory_name", "user_id", "home_team_id", "favourite", "team_ids")
    return list(told.values_list(*columns, named=True))


def _shown(everybody: Sequence[Any], wanted: Wanted) -> list[Any]:
    """Those whom the name, the favourites and the team leave."""
    words = wanted.q.casefold().strip()
    found = []
    for one in everybody:
        if words and not (one.number.startswith(words) or words in one.directory_name.casefold()):
            continue
        if wanted.show == FAVOURITES and not one.favourite:
            continue
        if wanted.show.isdecimal() and int(wanted.show) not in one.team_ids:
            continue
        found.append(one)
    return found


def _calls(live: Live, viewer: Viewer, names: Mapping[str, str]) -> tuple[list[CallRow], int]:
    """The calls that `viewer` may see, and how many are hidden."""
    rows = [_call_row(call, names) for call in live.calls if viewer.sees_parties(call)]
    return rows, len(live.calls) - len(rows)


def _call_row(call: Call, names: Mapping[str, str]) -> CallRow:
    callee = ", ".join(party(number, call.callee_name, names) for number in call.callees[:CALLEES])
    if len(call.callees) > CALLEES:
        callee += f" +{len(call.callees) - CALLEES}"
    return CallRow(call, party(call.caller, call.caller_name, names), callee, call.legs[0].id)


def _colleague(one: Any, status: StatusNow, view: "_View") -> Colleague:
    call, device = view.busy.get(one.number), view.device(one.number)
    if device is DeviceState.HIDDEN:
        return Colleague(one.pk, one.number, one.directory_name, one.favourite, status, device)
    other = _other(call, one.number, view.names) if call and view.viewer.sees_parties(call) else ""
    since = call.since if call else None
    return Colleague(one.pk, one.number, one.directory_name, one.favourite, status, device, other, since)


def _other(call: Call, number: str, names: Mapping[str, str]) -> str:
    """Whom the extension `number` talks to."""
    if call.caller == number:
        return party(call.callees[0], call.callee_name, names) if call.callees else ""
    return party(call.caller, call.caller_name, names)


@dataclass(frozen=True, slots=True)
class _View:
    """What is needed to say what one colleague does."""

    live: Live
    viewer: Viewer
    busy: Mapping[str, Call]  # by extension
    names: Mapping[str, str]

    def device(self, number: str) -> DeviceState:
        """What the viewer sees of the telephones of an extension."""
        return device_of(self.live, number) if self.viewer.sees_device(number) else DeviceState.HIDDEN
