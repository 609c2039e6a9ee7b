"""Who talks to whom, also through `Local/` channels, which are two halves of nothing but a wire between bridges."""

import re

_HALF = re.compile(r"(Local/.+);([12])")


class Bridges:
    """Bridges that a pair of local halves connects are one conversation, named after the first of them."""

    def __init__(self) -> None:
        self._halves: dict[str, dict[str, str]] = {}  # pair: half: bridge
        self._names: dict[str, str] = {}

    def clear(self) -> None:
        self._halves.clear()
        self._names.clear()

    def conversation(self, bridge: str) -> str:
        """The name of the conversation that a bridge belongs to."""
        return self._names.get(bridge, bridge)

    def move(self, channel: str, bridge: str) -> bool:
        """A half enters `bridge`, or leaves where it is empty; whether conversations changed."""
        found = _HALF.fullmatch(channel)
        if not found:
            return False
        pair, half = found[1], found[2]
        halves = self._halves.setdefault(pair, {})
        if bridge:
            halves[half] = bridge
        else:
            halves.pop(half, None)
            if not halves:
                del self._halves[pair]
        before = self._names
        self._names = self._joined()
        return self._names != before

    def _joined(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for halves in self._halves.values():
            if len(set(halves.values())) < 2:
                continue
            first, second = (names.get(bridge, bridge) for bridge in halves.values())
            name = min(first, second)
            names = {bridge: name if old in (first, second) else old for bridge, old in names.items()}
            names |= dict.fromkeys((*halves.values(), first, second), name)
        return names
