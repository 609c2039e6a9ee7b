"""Events and fields of a tenant's hash: one field for each thing, its value a compact JSON list.

`field_of` names the field that an event is about, `value_of` what it says (None: the thing is gone), `read_field`
gives the event back. The order of an event's own attributes is the order in the list.
"""

import json
from collections.abc import Callable
from dataclasses import astuple, fields
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from extensions.pbx import events as e
from extensions.pbx.live.keys import SEPARATOR

# Letter of the field, and what names the thing within it.
_KINDS: dict[type[e.TenantEvent], tuple[str, Callable[[Any], str]]] = {
    e.Line: ("line", lambda event: event.number),
    e.Registered: ("reg", lambda event: event.number),
    e.Leg: ("leg", lambda event: event.id),
    e.LegGone: ("leg", lambda event: event.id),
    e.Parked: ("park", lambda event: event.slot),
    e.SlotFree: ("park", lambda event: event.slot),
    e.BoxCount: ("box", lambda event: str(event.box)),
    e.Member: ("member", lambda event: f"{event.team}-{event.extension}"),
    e.MemberGone: ("member", lambda event: f"{event.team}-{event.extension}"),
}
_GONE = (e.LegGone, e.SlotFree, e.MemberGone)
_BY_LETTER = {letter: kind for kind, (letter, _name) in _KINDS.items() if kind not in _GONE}


def field_of(event: e.TenantEvent) -> str | None:
    """The field that the event is about; None where it leaves no trace in the live state."""
    known = _KINDS.get(type(event))
    return f"{known[0]}{SEPARATOR}{known[1](event)}" if known else None


def fields_of_number(number: str) -> tuple[str, str]:
    """The fields that say what the telephones of an extension do: its line, and who is registered."""
    return f"line{SEPARATOR}{number}", f"reg{SEPARATOR}{number}"


def field_of_box(box: int) -> str:
    """The field that says how many messages a voicemail box holds."""
    return f"box{SEPARATOR}{box}"


def field_of_member(team: int, extension: int) -> str:
    """The field that says how an extension takes part in a team."""
    return f"member{SEPARATOR}{team}-{extension}"


def value_of(event: e.TenantEvent) -> str | None:
    """What stands in the field from now on; None: the thing is gone."""
    if isinstance(event, _GONE) or (isinstance(event, e.Registered) and not event.phones):
        return None
    told = [getattr(event, one.name) for one in fields(event) if one.name != "tenant"]
    return json.dumps(told, default=_plain, separators=(",", ":"), ensure_ascii=False)


def read_field(tenant: str, name: str, value: str) -> e.TenantEvent | None:
    """The event that left this field; None for one that this version does not know or cannot read."""
    kind = _BY_LETTER.get(name.partition(SEPARATOR)[0])
    if kind is None:
        return None
    try:
        return _READERS[kind](tenant, json.loads(value))
    except (ValueError, TypeError):
        return None  # written by another version


def _read_line(tenant: str, told: list[Any]) -> e.Line:
    number, state = told
    return e.Line(tenant, number, e.LineState(state))


def _read_registered(tenant: str, told: list[Any]) -> e.Registered:
    number, phones = told
    found = (e.Contact(agent, address, lag, _moment(until)) for agent, address, lag, until in phones)
    return e.Registered(tenant, number, tuple(found))


def _read_leg(tenant: str, told: list[Any]) -> e.Leg:
    *who, incoming, outside, state, since, answered_at, bridge = told
    began = _moment(since) or datetime.fromtimestamp(0, UTC)
    return e.Leg(tenant, *who, incoming, outside, e.LegState(state), began, _moment(answered_at), bridge)


def _read_parked(tenant: str, told: list[Any]) -> e.Parked:
    *who, since, returns_at = told
    return e.Parked(tenant, *who, _moment(since) or datetime.fromtimestamp(0, UTC), _moment(returns_at))


_READERS: dict[type[e.TenantEvent], Callable[[str, list[Any]], e.TenantEvent]] = {
    e.Line: _read_line,
    e.Registered: _read_registered,
    e.Leg: _read_leg,
    e.Parked: _read_parked,
    e.BoxCount: lambda tenant, told: e.BoxCount(tenant, *told),
    e.Member: lambda tenant, told: e.Member(tenant, *told),
}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return round(value.timestamp(), 3)
    if isinstance(value, StrEnum):
        return value.value
    return astuple(value)  # a contact


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
