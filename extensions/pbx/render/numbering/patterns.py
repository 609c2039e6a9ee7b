"""The patterns of numbering plans, written as POSIX, and laid out as every way in which they can match.

The metadata of `phonenumbers` uses few constructs, read by `reading.read`; each is a class here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Way:
    """One way to match: the digits allowed at each place, where groups lie, and whether nothing may follow."""

    places: tuple[str, ...] = ()
    groups: tuple[tuple[int, int, int], ...] = ()  # number, start, length
    ends: bool = False


class Pattern(Protocol):
    """A pattern or a part of one."""

    def posix(self) -> str:
        """It as a POSIX extended regular expression, not anchored."""

    def ways(self, at: int = 0) -> Iterator[Way]:
        """Every way in which it can match, in the order in which a backtracking matcher tries them."""


@dataclass(frozen=True, slots=True)
class Digit:
    """One of some digits."""

    allowed: str

    def posix(self) -> str:
        return digits(self.allowed)

    def ways(self, at: int = 0) -> Iterator[Way]:
        yield Way((self.allowed,))


@dataclass(frozen=True, slots=True)
class End:
    """Nothing follows."""

    def posix(self) -> str:
        return "$"

    def ways(self, at: int = 0) -> Iterator[Way]:
        yield Way(ends=True)


@dataclass(frozen=True, slots=True)
class Row:
    """One after the other."""

    parts: tuple[Pattern, ...]

    def posix(self) -> str:
        return "".join(f"({part.posix()})" if isinstance(part, Choice) else part.posix() for part in self.parts)

    def ways(self, at: int = 0) -> Iterator[Way]:
        if not self.parts:
            yield Way()
            return
        for first in self.parts[0].ways(at):
            for rest in Row(self.parts[1:]).ways(at + len(first.places)):
                yield Way(first.places + rest.places, first.groups + rest.groups, first.ends or rest.ends)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several, the first that fits."""

    options: tuple[Pattern, ...]

    def posix(self) -> str:
        return "|".join(option.posix() for option in self.options)

    def ways(self, at: int = 0) -> Iterator[Way]:
        for option in self.options:
            yield from option.ways(at)


@dataclass(frozen=True, slots=True)
class Repeat:
    """As often as possible within bounds."""

    part: Pattern
    least: int
    most: int

    def posix(self) -> str:
        inner = self.part.posix() if isinstance(self.part, Digit | Group) else f"({self.part.posix()})"
        if (self.least, self.most) == (0, 1):
            return f"{inner}?"
        return f"{inner}{{{self.least}}}" if self.least == self.most else f"{inner}{{{self.least},{self.most}}}"

    def ways(self, at: int = 0) -> Iterator[Way]:
        for times in range(self.most, self.least - 1, -1):
            yield from Row((self.part,) * times).ways(at)


@dataclass(frozen=True, slots=True)
class Group:
    """A part that is remembered under a number, from 1."""

    number: int
    part: Pattern

    def posix(self) -> str:
        return f"({self.part.posix()})"

    def ways(self, at: int = 0) -> Iterator[Way]:
        for way in self.part.ways(at):
            yield Way(way.places, (*way.groups, (self.number, at, len(way.places))), way.ends)


@cache
def digits(allowed: str) -> str:
    """A digit, or a class of them, as POSIX writes it."""
    if len(allowed) == 1:
        return allowed
    runs: list[str] = []
    for sign in sorted(allowed):
        if runs and int(runs[-1][-1]) + 1 == int(sign):
            runs[-1] += sign
        else:
            runs.append(sign)
    return "[" + "".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else run for run in runs) + "]"
