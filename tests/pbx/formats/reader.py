"""Asterisk's configuration syntax, read independently of what writes it (main/config.c): the judge of the emitters."""

from dataclasses import dataclass, field


@dataclass
class Found:
    """A section as Asterisk would see it."""

    name: str
    template: str = ""
    options: list[tuple[str, str]] = field(default_factory=list)


class Directive(Exception):
    """A line that would make Asterisk read another file."""


def read_ini(text: str) -> list[Found]:
    """Sections in order. Raises Directive for `#include` and its like, ValueError for what is no configuration."""
    found: list[Found] = []
    for raw in text.split("\n"):
        line = _without_comment(raw).strip()
        if not line:
            continue
        if line.startswith("["):
            name, _bracket, rest = line[1:].partition("]")
            found.append(Found(name, rest.strip().strip("()")))
        elif line.startswith("#"):
            raise Directive(line)
        else:
            key, equals, value = line.partition("=")
            if not equals or not found:
                raise ValueError(line)
            found[-1].options.append((key.strip(), value.removeprefix(">").strip()))
    return found


def _without_comment(line: str) -> str:
    """A semicolon begins a comment unless a backslash stands before it; `;--` begins a long one."""
    kept = []
    for at, sign in enumerate(line):
        if sign == ";" and (at == 0 or line[at - 1] != "\\"):
            break
        kept.append(sign)
    return "".join(kept)


def caller_of(value: str) -> tuple[str, str]:
    """Name and number of `"Name" <number>`, as ast_callerid_parse reads it."""
    before, angle, number = value.rpartition("<")
    if not angle or not number.endswith(">"):
        raise ValueError(value)
    quoted = before.strip()
    if not (quoted.startswith('"') and quoted.endswith('"')) or '"' in quoted[1:-1]:
        raise ValueError(value)
    return quoted[1:-1], number[:-1]
