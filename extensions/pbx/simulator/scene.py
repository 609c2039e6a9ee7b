"""One call of a play: who takes part, in which order things happen to it, and the legs that a PBX would show."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto

from extensions.pbx.events import Leg, LegState, Parked


class Stage(Enum):
    RINGING = auto()
    TALKING = auto()
    ON_HOLD = auto()
    PARKED = auto()
    OVER = auto()


@dataclass(frozen=True, slots=True)
class Outside:
    """Somebody on the other side of the trunk."""

    number: str
    name: str


@dataclass(slots=True)
class Scene:
    """A call. `caller` is an extension's number, empty when `outside` calls; `rung` are those who ring, because the
    team with the id `team` was called, or by themselves (0).

    `plan` holds what is still to come: a stage and the ticks that it takes.
    """

    tenant: str
    id: str
    caller: str
    rung: tuple[str, ...]
    outside: Outside | None
    began: datetime
    plan: list[tuple[Stage, int]]
    stage: Stage = Stage.RINGING
    left: int = 1  # ticks until the next stage
    slot: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None
    parked_at: datetime | None = None
    returns_at: datetime | None = None
    messages: int = field(default=0)  # left in the box when nobody answers
    team: int = 0

    @property
    def is_incoming(self) -> bool:
        return not self.caller

    @property
    def busy(self) -> set[str]:
        """The extensions that take part now."""
        if self.stage is Stage.OVER:
            return set()
        inside = {self.caller} if self.caller else set()
        if self.stage is Stage.RINGING:
            return inside | set(self.rung)
        return inside | ({self.answered_by} if self.answered_by and self.stage is not Stage.PARKED else set())

    def legs(self) -> Iterator[Leg]:
        """What the PBX would show of it now."""
        if self.stage is Stage.OVER:
            return
        far = self.outside.number if self.outside else ""
        name = self.outside.name if self.outside else ""
        if self.caller:
            yield self._leg("a", self.caller, far or self.answered_by or self.rung[0], name, self._own_state(), False)
        if self.outside:
            waits = LegState.PARKED if self.stage is Stage.PARKED else LegState.UP
            state = LegState.DIALLING if self.caller and self.stage is Stage.RINGING else waits
            yield self._leg("t", "", far, name, state, not self.caller, outside=True)
        if self.stage is Stage.RINGING:
            for number in self.rung:
                yield self._leg(number, number, far or self.caller, name, LegState.RINGING, True)
        elif self.answered_by and self.stage is not Stage.PARKED:
            state = LegState.HOLD if self.stage is Stage.ON_HOLD and not self.caller else LegState.UP
            yield self._leg(self.answered_by, self.answered_by, far or self.caller, name, state, True)

    def parked(self) -> Parked | None:
        """The slot that it waits in."""
        if self.stage is not Stage.PARKED or self.outside is None or self.parked_at is None:
            return None
        who = self.outside
        by = self.answered_by
        return Parked(self.tenant, self.slot, who.number, who.name, by, self.parked_at, self.returns_at)

    def _own_state(self) -> LegState:
        if self.stage is Stage.RINGING:
            return LegState.DIALLING
        return LegState.HOLD if self.stage is Stage.ON_HOLD else LegState.UP

    def _leg(  # noqa: PLR0913 - the words of one leg
        self, end: str, number: str, other: str, name: str, state: LegState, incoming: bool, *, outside: bool = False
    ) -> Leg:
        return Leg(
            tenant=self.tenant,
            id=f"SIM/{self.id}-{end}",
            call=f"sim-{self.id}",
            number=number,
            other=other,
            other_name=name,
            incoming=incoming,
            outside=outside,
            state=state,
            since=self.began,
            answered_at=self.answered_at,
            bridge="" if self.stage is Stage.RINGING else f"bridge-{self.id}",
        )
