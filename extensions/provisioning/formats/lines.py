"""`key = value`, one to a line, without quoting: what has no place in a line cannot be said."""

import re

from extensions.provisioning.formats.values import NotWritable, demand_line

_KEY = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*", re.ASCII)


class KeyValueFile:
    """A text file that grows line by line. `first` is the line that the maker demands at the beginning."""

    def __init__(self, first: str) -> None:
        self._lines = [demand_line(first)]
        self._keys: set[str] = set()

    def put(self, key: str, value: object) -> None:
        """Add a line. Raises NotWritable for a key that stands there already, or a value of more than one line."""
        if not _KEY.fullmatch(key) or key in self._keys:
            raise NotWritable(f"{key!r} is no key, or was written before")
        self._keys.add(key)
        self._lines.append(f"{key} = {demand_line(str(value))}".rstrip())

    def directive(self, line: str) -> None:
        """Add a line of ours that is no pair."""
        self._lines.append(demand_line(line))

    def text(self) -> str:
        """The whole file."""
        return "\n".join(self._lines) + "\n"
