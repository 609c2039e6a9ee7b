"""Whether a blocked caller or number is meant (CTL-05)."""

from collections.abc import Iterable

from extensions.callflow.callers import Caller, begins_with
from extensions.models import BlockDirection, BlockMatch
from extensions.snapshot.facts import BlockFacts


def fits_number(block: BlockFacts, number: str, direction: BlockDirection) -> bool:
    """Whether `block` covers `number` in this direction. Direction “both” covers either."""
    if block.direction not in (direction, BlockDirection.BOTH):
        return False
    if block.match is BlockMatch.ANONYMOUS:
        return direction is BlockDirection.IN and not number
    if block.match is BlockMatch.NUMBER:
        return bool(number) and number == block.pattern
    return begins_with(number, block.pattern)


def blocking(blocks: Iterable[BlockFacts], caller: Caller) -> BlockFacts | None:
    """The first of `blocks` that keeps this caller out."""
    return next((one for one in blocks if fits_number(one, caller.number, BlockDirection.IN)), None)
