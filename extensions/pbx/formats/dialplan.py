"""extensions.conf: contexts of extensions with steps. Nothing that somebody typed stands in a dialplan but digits."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from extensions.pbx.formats.values import NotEmittable

_LONGEST_STEP = 4000
# Printable, without the semicolon, which begins a comment.
_STEP = re.compile(r"[A-Za-z]+\([\x20-\x3a\x3c-\x7e]*\)", re.ASCII)
_EXTEN = re.compile(r"_?[A-Za-z0-9*#+.!\[\]_-]{1,79}", re.ASCII)
_LABEL = re.compile(r"[a-z][a-z0-9_]{0,30}", re.ASCII)


@dataclass(slots=True)
class Exten:
    """One extension of a context; its steps run in order."""

    pattern: str
    steps: list[tuple[str, str]] = field(default_factory=list)  # label, application
    _text: str = ""  # written once: what stands in five thousand lines is kept from one change to the next

    def do(self, application: str, *, label: str = "") -> "Exten":
        """Add a step, `Application(arguments)`, that `label` can be jumped to. Raises NotEmittable."""
        if not _STEP.fullmatch(application) or len(application) > _LONGEST_STEP:
            raise NotEmittable(f"{application[:80]!r} may not stand in a dialplan")
        if label and not _LABEL.fullmatch(label):
            raise NotEmittable(f"{label!r} may not be a label")
        self.steps.append((label, application))
        self._text = ""
        return self

    @property
    def text(self) -> str:
        """Its lines in the file."""
        if not self._text:
            self._text = "\n".join(self._lines())
        return self._text

    def _lines(self) -> Iterable[str]:
        for at, (label, application) in enumerate(self.steps):
            place = ("1" if at == 0 else "n") + (f"({label})" if label else "")
            yield f"exten => {self.pattern},{place},{application}" if at == 0 else f" same => {place},{application}"


def exten_of(pattern: str, *applications: str) -> Exten:
    """A whole extension of steps without labels. Raises NotEmittable."""
    if not _EXTEN.fullmatch(pattern):
        raise NotEmittable(f"{pattern!r} may not be dialled")
    made = Exten(pattern)
    for one in applications:
        made.do(one)
    return made


@dataclass(slots=True)
class Context:
    """A context; `includes` are asked in order for what it does not have itself."""

    name: str
    extens: list[Exten] = field(default_factory=list)
    hints: list[tuple[str, str]] = field(default_factory=list)
    includes: list[str] = field(default_factory=list)

    def exten(self, pattern: str) -> Exten:
        """A new extension of it. Raises NotEmittable."""
        made = exten_of(pattern)
        self.extens.append(made)
        return made

    def hint(self, pattern: str, devices: str) -> None:
        """Make `pattern` something that a lamp can watch: devices joined by `&`, and after a comma the presence."""
        if not _EXTEN.fullmatch(pattern) or not devices.isprintable() or set(devices) & set(';()<>"'):
            raise NotEmittable(f"{pattern!r} cannot be watched as {devices!r}")
        self.hints.append((pattern, devices))

    def lines(self) -> Iterable[str]:
        """Its lines in the file, the last in Asterisk's order first.

        Asterisk keeps a context as a sorted list and looks for the place of each new extension from its head: in this
        order the head is the place, in any other five thousand extensions take seconds of each reload.
        """
        yield f"[{self.name}]"
        for pattern, devices in sorted(self.hints, reverse=True):
            yield f"exten => {pattern},hint,{devices}"
        for made in sorted(self.extens, key=lambda made: made.pattern, reverse=True):
            yield made.text
        yield from (f"include => {name}" for name in self.includes)
        yield ""


def write_dialplan(contexts: Iterable[Context]) -> str:
    """The text of a file with these contexts."""
    return "\n".join(line for context in contexts for line in context.lines())
