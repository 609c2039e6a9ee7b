"""How long to wait before the next attempt, so that a hundred supervisors do not knock in the same second."""

from random import Random


class Backoff:
    """Doubling waits with jitter: never below `least`, never above `most` seconds (REL-11).

    `chance` is a source of random numbers; give a seeded one where the waits must be known beforehand.
    """

    def __init__(self, least: float = 1.0, most: float = 60.0, chance: Random | None = None) -> None:
        self._least = least
        self._most = most
        self._chance = chance or Random()  # noqa: S311 - spreads load, guards nothing
        self._ceiling = least

    def next(self) -> float:
        """Seconds to wait now; the wait after it may be twice as long."""
        ceiling = self._ceiling
        self._ceiling = min(self._most, ceiling * 2)
        return max(self._least, self._chance.uniform(ceiling / 2, ceiling))

    def reset(self) -> None:
        """It works again: the next failure starts with short waits. Call it once caught up, not at the first byte."""
        self._ceiling = self._least
