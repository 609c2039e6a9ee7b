"""What stands before a number and is taken away: international prefixes, national prefixes with their rewriting.

A dialplan can only ask whether a pattern fits, not how much of the number it took. So every way in which a prefix can
fit is laid out, in the order in which a backtracking matcher tries them, and ways of the same length are asked at once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from extensions.pbx.render.numbering.conditions import has_prefix, starts
from extensions.pbx.render.numbering.patterns import Way, digits
from extensions.pbx.render.numbering.reading import read

_RULE = re.compile(r"(\d*)\\(\d)")


@dataclass(slots=True)
class Shape:
    """Ways that take away equally many digits and remember the same part."""

    length: int
    group: tuple[int, int] | None  # start and length of what the last group remembers
    ends: bool
    alternatives: list[tuple[str, ...]] = field(default_factory=list)

    def condition(self, variable: str) -> str:
        """Whether the number begins in one of these ways."""
        only = self.alternatives[0]
        if len(self.alternatives) == 1 and not self.ends and all(len(place) == 1 for place in only):
            return has_prefix(variable, "".join(only))
        texts = ("".join(digits(place) for place in places) for places in self.alternatives)
        return starts(variable, f"({'|'.join(texts)})$" if self.ends else "|".join(texts))

    def rest(self, variable: str, rule: str | None) -> str:
        """What is left of the number, rewritten where a group was remembered and the plan has a rule."""
        after = f"${{{variable}:{self.length}}}"
        found = _RULE.fullmatch(rule) if rule and self.group else None
        if not found or not self.group:
            return after
        start, length = self.group
        return f"{found[1]}${{{variable}:{start}:{length}}}{after}"


@cache
def shapes(pattern: str | None, rule: str | None = None) -> Sequence[Shape]:
    """The shapes of a prefix's pattern, to be asked in this order; the first that fits is the one.

    `rule` must use the last group, which is also the one that decides whether there is a rewriting at all.
    """
    found: list[Shape] = []
    if not pattern:
        return found
    ways = list(read(pattern).ways())
    last = max((number for way in ways for number, _, _ in way.groups), default=0)
    if rule and not rule.endswith(f"\\{last}"):
        raise ValueError(f"{rule} does not use the last group of {pattern}")
    for way in ways:
        if not way.places:
            break  # takes nothing away: whatever comes after is never tried
        group = next(((start, length) for number, start, length in way.groups if number == last), None)
        _add(found, way, group)
    return found


def may_begin(pattern: str, found: Sequence[Shape]) -> bool:
    """Whether a number that fits `pattern` can begin in one of these ways."""
    return any(
        _both(way.places, places) for way in read(pattern).ways() for shape in found for places in shape.alternatives
    )


def first_digits(found: Sequence[Shape]) -> str:
    """With what a number must begin for any of the shapes to fit."""
    return "".join(sorted({sign for shape in found for places in shape.alternatives for sign in places[0]}))


def _add(found: list[Shape], way: Way, group: tuple[int, int] | None) -> None:
    """Put the way into an earlier shape like it, unless it would overtake one that fits the same numbers."""
    for shape in reversed(found):
        if (shape.length, shape.group, shape.ends) == (len(way.places), group, way.ends):
            if way.places not in shape.alternatives:
                shape.alternatives.append(way.places)
            return
        if any(_both(way.places, places) for places in shape.alternatives):
            break
    found.append(Shape(len(way.places), group, way.ends, [way.places]))


def _both(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether a number can begin in both ways."""
    return all(set(here) & set(there) for here, there in zip(one, other, strict=False))
