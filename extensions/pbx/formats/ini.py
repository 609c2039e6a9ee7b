"""Asterisk's `key = value` files: pjsip, voicemail, queues, parking, conferences. Written here, read back in tests."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from extensions.pbx.formats.values import NotEmittable

_NAME = re.compile(r"[^\[\]()=;#\"'<>\\ ]+")
_LONGEST_LINE = 4000  # the parser's buffer is 8192; what comes near it is a fault


@dataclass(frozen=True, slots=True)
class Section:
    """`[name](template)` with its options in order; a key may come more than once."""

    name: str
    options: tuple[tuple[str, str], ...] = ()
    template: str = ""


@dataclass(slots=True)
class Options:
    """Options of a section while they are being collected."""

    kept: list[tuple[str, str]] = field(default_factory=list)

    def add(self, key: str, value: str | int | bool) -> "Options":
        """Keep one option; yes and no are written as such, an empty value is left out."""
        text = ("yes" if value else "no") if isinstance(value, bool) else str(value)
        if text:
            self.kept.append((key, text))
        return self

    def section(self, name: str, template: str = "") -> Section:
        """The section made of them."""
        return Section(name, tuple(self.kept), template)


def write_ini(sections: Iterable[Section], *, arrow: bool = False) -> str:
    """The text of a file. `arrow` writes `key => value`, as voicemail.conf and extensions.conf have it.

    Raises NotEmittable for a value that would not be read back as it is.
    """
    lines: list[str] = []
    sign = " => " if arrow else " = "
    for section in sections:
        lines.append(f"[{_bare(section.name)}]" + (f"({_bare(section.template)})" if section.template else ""))
        lines += [_line(f"{_bare(key)}{sign}{value}") for key, value in section.options]
        lines.append("")
    return "\n".join(lines)


def _line(line: str) -> str:
    if not line.isprintable() or ";" in line.replace(r"\;", "") or len(line.encode()) > _LONGEST_LINE:
        raise NotEmittable(f"{line[:80]!r} may not stand in a configuration file")
    return line


@lru_cache(maxsize=20_000)
def _bare(text: str) -> str:
    if not _NAME.fullmatch(text) or not text.isprintable():
        raise NotEmittable(f"{text!r} may not name anything in a configuration file")
    return text
