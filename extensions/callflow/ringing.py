"""Who of a team rings when: the strategies of ring groups as plain functions (TEAM-03)."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from extensions.models import RingStrategy

M = TypeVar("M", bound=Hashable)
# How the members of a random example are mixed: the same in every picture, so that nobody takes it for news.
_MIX = 7


@dataclass(frozen=True, slots=True)
class Turn(Generic[M]):
    """One member's telephone rings from second `starts` for `seconds`."""

    member: M
    starts: int
    seconds: int

    @property
    def ends(self) -> int:
        return self.starts + self.seconds


def ring_turns(strategy: RingStrategy, seconds: int, members: Sequence[M], *, call: int = 1) -> list[Turn[M]]:
    """The turns of one call, in the order in which they begin; `members` in ring order, only those who can ring.

    `seconds` is how long all ring at once, or each one in turn. For RingStrategy.LONGEST_IDLE `members` stand in the
    order of their idleness; `call` counts the calls, for strategies whose order differs from call to call.
    """
    if strategy is RingStrategy.ALL:
        return [Turn(member, 0, seconds) for member in members]
    order = _order(strategy, members, call)
    return [Turn(member, place * seconds, seconds) for place, member in enumerate(order)]


def rings_until(turns: Sequence[Turn[M]]) -> int:
    """After how many seconds nobody rings any more and the no-answer action takes the call."""
    return max((turn.ends for turn in turns), default=0)


def _order(strategy: RingStrategy, members: Sequence[M], call: int) -> list[M]:
    if not members:
        return []
    if strategy is RingStrategy.ROUND_ROBIN:
        first = (call - 1) % len(members)
        return [*members[first:], *members[:first]]
    if strategy is RingStrategy.RANDOM:
        places = sorted(range(len(members)), key=lambda place: ((place + call) * _MIX % 11, place))
        return [members[place] for place in places]
    return list(members)
