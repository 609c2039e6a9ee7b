"""Blocked callers and numbers as contexts that match by themselves (twin of callflow.blocking, CTL-05).

The pages ask a list in order; Asterisk takes the most exact pattern. So the action of each pattern is worked out here:
that of the first entry of the list that covers whatever only this pattern matches.
"""

from collections.abc import Iterable

from extensions.callflow.blocking import fits_number
from extensions.models import BlockDirection, BlockMatch
from extensions.pbx.formats.values import digits, prefix
from extensions.pbx.render.plan import Plan
from extensions.snapshot.facts import BlockFacts

ANONYMOUS = "anonymous"


def blocks(plan: Plan, listed: tuple[BlockFacts, ...], direction: BlockDirection) -> str:
    """The context in which TL_BLOCK is found for a number (or `anonymous`); empty where nothing is blocked.

    `Gosub(that,number,1)` leaves TL_BLOCK: voicemail, busy, reject, or nothing.
    """
    bearing = tuple(one for one in listed if one.direction in (direction, BlockDirection.BOTH))
    if not bearing:
        return ""
    name = plan.once("b", (bearing, direction), lambda name, _key: _write(plan, name, bearing, direction))
    return f"{plan.slug}-{name}"


def _write(plan: Plan, name: str, listed: Iterable[BlockFacts], direction: BlockDirection) -> None:
    context = plan.context(name)
    named = [one for one in listed if one.match is not BlockMatch.ANONYMOUS]
    found: dict[str, str] = {}
    for one in named:
        pattern = digits(one.pattern) if one.match is BlockMatch.NUMBER else f"_{prefix(one.pattern)}!"
        found.setdefault(pattern, _decides(named, one, direction))
    anonymous = next((one for one in listed if fits_number(one, "", direction)), None)
    if anonymous is not None:
        found[ANONYMOUS] = anonymous.action.value
    for pattern, action in sorted(found.items()):
        context.exten(pattern).do(f"Set(TL_BLOCK={action})").do("Return()")
    for rest in ("_[0-9+*#]!", *([] if anonymous else [ANONYMOUS])):
        context.exten(rest).do("Set(TL_BLOCK=)").do("Return()")


def _decides(listed: list[BlockFacts], one: BlockFacts, direction: BlockDirection) -> str:
    """Of the entries that cover everything `one` covers, the first."""
    if one.match is BlockMatch.NUMBER:
        return next(other for other in listed if fits_number(other, one.pattern, direction)).action.value
    covering = (other for other in listed if other.match is BlockMatch.PREFIX and one.pattern.startswith(other.pattern))
    return next(covering).action.value
