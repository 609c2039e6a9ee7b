"""Reads the patterns of numbering plans: digits, classes, groups, alternatives, counts and an end.

Anything else raises, so that a newer library cannot slip in what Asterisk's REGEX would read differently.
"""

import re
from functools import cache, lru_cache

from extensions.pbx.render.numbering.patterns import Choice, Digit, End, Group, Pattern, Repeat, Row

_ALL = "0123456789"
_PIECE = re.compile(r"\(\?:|\\d|\[[0-9-]+\]|\{\d+(?:,\d+)?\}|[0-9()|?$]")


class NotReadable(ValueError):
    """A pattern with something that no numbering plan used until now."""


@lru_cache(maxsize=4096)
def read(pattern: str) -> Pattern:
    """What `pattern` says; raises NotReadable."""
    pieces = _PIECE.findall(pattern)
    if "".join(pieces) != pattern:
        raise NotReadable(pattern)
    reader = _Reader(pieces)
    found = reader.choice()
    if reader.left:
        raise NotReadable(pattern)
    return found


@cache
def _digit(piece: str) -> Digit:
    allowed = "".join(sign for sign in _ALL if re.fullmatch(piece, sign)) if piece[0] in "\\[" else piece
    if not allowed.isdigit():
        raise NotReadable(piece)
    return Digit(allowed)


class _Reader:
    """Pieces that are still to be read, in reverse, so that the next is the last; and how many groups there were."""

    def __init__(self, pieces: list[str]) -> None:
        self.left = pieces[::-1]
        self.groups = 0

    @property
    def next(self) -> str:
        return self.left[-1] if self.left else ""

    def choice(self) -> Pattern:
        """Alternatives up to a closing bracket or the end."""
        options = [self.row()]
        while self.next == "|":
            self.left.pop()
            options.append(self.row())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def row(self) -> Pattern:
        """What stands one after the other."""
        parts: list[Pattern] = []
        while self.next not in ("", "|", ")"):
            parts.append(self.counted(self.part()))
        return parts[0] if len(parts) == 1 else Row(tuple(parts))

    def part(self) -> Pattern:
        """A digit, a class, an end or a bracket."""
        piece = self.left.pop()
        if piece in ("(", "(?:"):
            return self.bracket(remembered=piece == "(")
        if piece == "$":
            return End()
        return _digit(piece)

    def bracket(self, *, remembered: bool) -> Pattern:
        """What stands in a bracket."""
        self.groups += remembered
        number = self.groups
        inner = self.choice()
        if self.next != ")":
            raise NotReadable("an open bracket")
        self.left.pop()
        return Group(number, inner) if remembered else inner

    def counted(self, part: Pattern) -> Pattern:
        """The part, as often as a count behind it says."""
        if self.next == "?":
            self.left.pop()
            return Repeat(part, 0, 1)
        if self.next.startswith("{"):
            least, _, most = self.left.pop()[1:-1].partition(",")
            return Repeat(part, int(least), int(most or least))
        return part
