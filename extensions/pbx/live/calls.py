"""Calls, put together from their legs (MON-01)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from extensions.pbx.events import Leg, LegState


class Direction(TextChoices):
    INTERNAL = "internal", _("Internal")
    INCOMING = "incoming", _("Incoming")
    OUTGOING = "outgoing", _("Outgoing")


class CallState(TextChoices):
    DIALLING = "dialling", _("Dialling")
    RINGING = "ringing", _("Ringing")
    UP = "up", _("On a call")
    HOLD = "hold", _("On hold")
    PARKED = "parked", _("Parked")


@dataclass(frozen=True, slots=True)
class Call:
    """One call as it is now. Parties are extensions' numbers or outside numbers; empty where it is not known.

    `callees` are several while a call rings at many. `began` is its first leg's moment, `answered_at` None until
    somebody answers.
    """

    id: str
    direction: Direction
    state: CallState
    caller: str
    caller_name: str
    callees: tuple[str, ...]
    callee_name: str
    began: datetime
    answered_at: datetime | None
    legs: tuple[Leg, ...]

    @property
    def since(self) -> datetime:
        """From when the running duration counts: the answer, before that the beginning."""
        return self.answered_at or self.began

    @property
    def numbers(self) -> frozenset[str]:
        """The extensions in it."""
        return frozenset(leg.number for leg in self.legs if leg.number)

    @property
    def channels(self) -> int:
        """How many of the tenant's channels it takes: one for each leg to the outside."""
        return sum(leg.outside for leg in self.legs)


def calls_of(legs: Iterable[Leg]) -> tuple[Call, ...]:
    """The calls that these legs make up, the oldest first."""
    grouped: dict[str, list[Leg]] = {}
    for leg in legs:
        grouped.setdefault(leg.call, []).append(leg)
    calls = [_call(name, sorted(group, key=lambda leg: (leg.since, leg.id))) for name, group in grouped.items()]
    return tuple(sorted(calls, key=lambda call: (call.began, call.id)))


def _call(name: str, legs: Sequence[Leg]) -> Call:
    inside = [leg for leg in legs if leg.number]
    outside = [leg for leg in legs if leg.outside]
    dialling = next((leg for leg in inside if not leg.incoming), None)
    direction = Direction.INTERNAL
    if outside:
        direction = Direction.OUTGOING if dialling else Direction.INCOMING
    caller, caller_name = _caller(dialling, inside, outside)
    callees, callee_name = _callees(dialling, inside, outside)
    answers = [leg.answered_at for leg in legs if leg.answered_at]
    return Call(
        id=name,
        direction=direction,
        state=_state(legs),
        caller=caller,
        caller_name=caller_name,
        callees=callees,
        callee_name=callee_name,
        began=min(leg.since for leg in legs),
        # Its second leg's answer: that of the first is often the PBX's own.
        answered_at=max(answers) if answers and _state(legs) is not CallState.RINGING else None,
        legs=tuple(legs),
    )


def _caller(dialling: Leg | None, inside: Sequence[Leg], outside: Sequence[Leg]) -> tuple[str, str]:
    if dialling is not None:
        return dialling.number, ""
    teller = next((leg for leg in inside if leg.other), None) or next((leg for leg in outside if leg.other), None)
    return (teller.other, teller.other_name) if teller else ("", "")


def _callees(dialling: Leg | None, inside: Sequence[Leg], outside: Sequence[Leg]) -> tuple[tuple[str, ...], str]:
    rung = [leg for leg in inside if leg.incoming and leg is not dialling]
    talking = [leg for leg in rung if leg.state is not LegState.RINGING] or rung
    if talking:
        return tuple(dict.fromkeys(leg.number for leg in talking)), ""
    if dialling is not None:
        return ((dialling.other,), dialling.other_name) if dialling.other else ((), "")
    return (), ""


def _state(legs: Sequence[Leg]) -> CallState:
    states = {leg.state for leg in legs}
    if LegState.PARKED in states:
        return CallState.PARKED
    if LegState.HOLD in states:
        return CallState.HOLD
    talking = sum(leg.state is LegState.UP for leg in legs)
    if talking > 1 or states == {LegState.UP}:
        return CallState.UP
    return CallState.RINGING if LegState.RINGING in states else CallState.DIALLING
