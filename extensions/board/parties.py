"""Who talks to whom: names for the numbers in calls, and what each viewer may see of them (MON-01, BLF-06)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from extensions.board.viewing import Viewer, viewer_of
from extensions.keys.visibility import visibilities
from extensions.live_selectors import calls_now
from extensions.models import Extension
from extensions.pbx.live.calls import Call
from portal.accounts.models import User
from portal.core.phone_numbers import for_people
from portal.permissions import Perm

CALLEES = 3  # named in the row of one call


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call that may be shown. Parties in words; `leg` is what ends it."""

    call: Call
    caller: str
    callee: str
    leg: str


@dataclass(frozen=True, slots=True)
class Involved:
    """Everybody on the board and in its calls: their names by number, and what `viewer` sees of them."""

    names: Mapping[str, str]
    viewer: Viewer


def involved_in(calls: Collection[Call], shown: Collection[Any], viewer: User) -> Involved:
    """`shown` are extensions that were read already; two queries for all others that `calls` name, and for wishes."""
    numbers = {number for call in calls for number in (*call.numbers, call.caller, *call.callees[:CALLEES])}
    wanted = Q(number__in=numbers - {one.number for one in shown})
    if not viewer.is_guest:
        wanted |= Q(user=viewer)
    columns = ("pk", "number", "directory_name", "home_team_id", "user_id")
    read = Extension.objects.filter(wanted).values_list(*columns, named=True)
    everybody = list({one.pk: one for one in [*read, *shown]}.values())
    own = next((one.number for one in everybody if one.user_id == viewer.pk), "") if not viewer.is_guest else ""
    sees_all = viewer.may(Perm.LIVE_READ)
    seen = viewer_of(own, sees_all=sees_all, extensions=everybody, wishes=visibilities(everybody))
    return Involved({one.number: one.directory_name for one in everybody}, seen)


def call_rows(calls: Sequence[Call], involved: Involved) -> list[CallRow]:
    """The calls that may be seen, the oldest first."""
    return [_call_row(call, involved.names) for call in calls if involved.viewer.sees_parties(call)]


def call_with(leg_id: str, viewer: User) -> CallRow | None:
    """The call that has this leg, where `viewer` may see all calls and this one among them."""
    call = next((one for one in calls_now().calls if any(leg.id == leg_id for leg in one.legs)), None)
    if call is None or not viewer.may(Perm.LIVE_READ):
        return None
    return next(iter(call_rows([call], involved_in([call], (), viewer))), None)


def party(number: str, name: str, names: Mapping[str, str]) -> str:
    """A party of a call in words: number and name of a colleague, or an outside number as people write it."""
    if number in names:
        return f"{number} {names[number]}"
    return f"{for_people(number)} {name}".strip() if number else name


def other_party(call: Call, number: str, names: Mapping[str, str]) -> str:
    """Whom the extension `number` talks to."""
    if call.caller == number:
        return party(call.callees[0], call.callee_name, names) if call.callees else ""
    return party(call.caller, call.caller_name, names)


def _call_row(call: Call, names: Mapping[str, str]) -> CallRow:
    callee = ", ".join(party(number, call.callee_name, names) for number in call.callees[:CALLEES])
    if len(call.callees) > CALLEES:
        callee += f" +{len(call.callees) - CALLEES}"
    return CallRow(call, party(call.caller, call.caller_name, names), callee, call.legs[0].id)
