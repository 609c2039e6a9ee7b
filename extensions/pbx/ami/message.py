"""Messages of the manager interface, without any input or output: bytes in, messages out, and actions into bytes."""

import unicodedata
from collections.abc import Iterable

from extensions.pbx.ami.redact import shown

MOST_LINE = 64 * 1024
MOST_MESSAGE = 8 * 1024 * 1024  # a Command answers with one message, `dialplan show` with a long one

Headers = Iterable[tuple[str, str]]


class NotAmi(Exception):
    """What came is not the manager protocol, or without end."""


class Unsendable(ValueError):
    """A header that would become another header, or end the message; nothing was sent."""


class Message:
    """Headers in the order they came. Names are found whatever their case; repeated ones are all kept."""

    __slots__ = ("_first", "headers")

    def __init__(self, headers: Headers) -> None:
        self.headers = tuple(headers)
        first: dict[str, str] = {}
        for name, value in self.headers:
            first.setdefault(name.lower(), value)
        self._first = first

    def get(self, name: str, default: str = "") -> str:
        """The first value of `name`, `default` where it is missing."""
        return self._first.get(name.lower(), default)

    def all(self, name: str) -> list[str]:
        """Every value of `name` in their order."""
        wanted = name.lower()
        return [value for key, value in self.headers if key.lower() == wanted]

    def repeats(self) -> set[str]:
        """Names in lower case that came with more than one value."""
        if len(self._first) == len(self.headers):
            return set()
        return {key.lower() for key, value in self.headers if self._first[key.lower()] != value}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._first

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and self.headers == other.headers

    def __hash__(self) -> int:
        return hash(self.headers)

    def __repr__(self) -> str:
        return f"<Message {shown(self.headers)}>"


class Parser:
    """Feed it bytes as they come. The first line is the greeting when `greeting` is asked for."""

    def __init__(self, *, greeting: bool = False) -> None:
        self.greeting: str | None = None if greeting else ""
        self.junk = 0  # lines without a colon: none of Asterisk's
        self._tail = b""
        self._headers: list[tuple[str, str]] = []
        self._size = 0

    def feed(self, data: bytes) -> list[Message]:
        """The messages that are complete now. Raises NotAmi when a line or message has no end."""
        whole, newline, tail = data.rpartition(b"\n")
        if not newline:
            self._tail += data
        else:
            whole, self._tail = self._tail + whole, tail
        if len(self._tail) > MOST_LINE:
            raise NotAmi("a line has no end")
        return self._lines(whole) if newline else []

    def _lines(self, whole: bytes) -> list[Message]:
        messages = []
        for line in whole.decode("utf-8", "replace").split("\n"):
            line = line.removesuffix("\r")
            if self.greeting is None:
                self.greeting = line
            elif line:
                self._header(line)
            elif self._headers:
                messages.append(Message(self._headers))
                self._headers, self._size = [], 0
        return messages

    def _header(self, line: str) -> None:
        self._size += len(line)
        if len(line) > MOST_LINE or self._size > MOST_MESSAGE:
            raise NotAmi("a message has no end")
        name, colon, value = line.partition(":")
        if not colon:
            self.junk += 1
            return
        self._headers.append((name, value[1:] if value.startswith(" ") else value))


def emit(headers: Headers) -> bytes:
    """A message as it is sent. Raises Unsendable for what could be read as something else."""
    lines = []
    for name, value in headers:
        if not name or ":" in name or name != name.strip() or _has_control(name) or _has_control(value):
            raise Unsendable(f"The header {name[:40]!r} cannot be sent.")
        lines.append(f"{name}: {value}\r\n")
    if not lines:
        raise Unsendable("A message without headers cannot be sent.")
    lines.append("\r\n")
    return "".join(lines).encode()


def _has_control(text: str) -> bool:
    """Control characters of both sets, and halves of surrogate pairs, which have no bytes."""
    return not text.isprintable() and any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text)
