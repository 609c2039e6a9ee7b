"""The live board: colleagues with status and device, calls with who talks to whom, channels in use (MON-01, PRS-05)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from extensions.board.chosen import Wanted, chosen
from extensions.board.devices import device_of
from extensions.board.parties import CallRow, Involved, call_rows, involved_in, other_party
from extensions.live_selectors import calls_now, registered_now
from extensions.looks import DeviceState
from extensions.pbx.live.calls import Call
from extensions.pbx.live.reader import Live
from extensions.presence_selectors import StatusNow, status_now
from portal.accounts.models import User
from portal.permissions import Perm

MOST_CALLS = 100  # in the table; those that last longest


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
class Group:
    """Colleagues under one head: a team, those of no team, or everybody, then without name. `id` tells them apart."""

    id: int
    name: str
    colleagues: Sequence[Colleague]


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the live board. `calls` is None for those who may not see all; `unseen` counts hidden ones."""

    live: Live
    groups: Sequence[Group]
    more: int
    calls: Sequence[CallRow] | None
    more_calls: int
    unseen: int
    channels: int
    channels_allowed: int
    registered: int

    @property
    def colleagues(self) -> list[Colleague]:
        """Everybody who is shown, group by group."""
        return [one for group in self.groups for one in group.colleagues]


def board(viewer: User, wanted: Wanted, *, available: str, at: datetime) -> Board:
    """The board as `viewer` may see it; `available` is what that status is called here.

    Four queries, five where a state is asked for. Read are those who are shown, and all calls.
    """
    found = chosen(viewer, wanted)
    live = calls_now(numbers={one.number for one in found.rows})
    sees_all = viewer.may(Perm.LIVE_READ)
    numbers = {one.number for one in found.rows}
    told = live.calls if sees_all else [call for call in live.calls if call.numbers & numbers]
    involved = involved_in(told, found.rows, viewer)
    calls = call_rows(told, involved) if sees_all else None
    view = _View(live, involved, {number: call for call in told for number in call.numbers}, available, at)
    return Board(
        live=live,
        groups=_groups(found.rows, view),
        more=found.more,
        calls=None if calls is None else calls[:MOST_CALLS],
        more_calls=0 if calls is None else max(0, len(calls) - MOST_CALLS),
        unseen=0 if calls is None else len(told) - len(calls),
        channels=live.channels,
        channels_allowed=connection.tenant.max_channels,
        registered=registered_now() if live.link.tells else 0,
    )


@dataclass(frozen=True, slots=True)
class _View:
    """What is needed to say what one colleague does."""

    live: Live
    involved: Involved
    busy: dict[str, Call]  # by extension
    available: str
    at: datetime

    def colleague(self, one: Any) -> Colleague:
        """One row as the viewer may see it."""
        status = status_now(one, at=self.at, available=self.available)
        if not self.involved.viewer.sees_device(one.number):
            return Colleague(one.pk, one.number, one.directory_name, one.favourite, status, DeviceState.HIDDEN)
        call, device, other = self.busy.get(one.number), device_of(self.live, one.number), ""
        if call and self.involved.viewer.sees_parties(call):
            other = other_party(call, one.number, self.involved.names)
        since = call.since if call else None
        return Colleague(one.pk, one.number, one.directory_name, one.favourite, status, device, other, since)


def _groups(rows: Sequence[Any], view: _View) -> list[Group]:
    """The rows, which are in order, under their heads."""
    return [
        Group(pk or 0, _("In no team") if name is None else name, [view.colleague(one) for one in theirs])
        for (pk, name), theirs in groupby(rows, key=lambda one: (one.team_pk, one.team_name))
    ]
