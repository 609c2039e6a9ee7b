"""Which calls come, and how long everything about them takes: by chance from a seed, so that plays can be repeated."""

from collections.abc import Sequence
from datetime import datetime
from random import Random

from extensions.pbx.simulator.cast import Cast
from extensions.pbx.simulator.scene import Outside, Scene, Stage

OUTSIDE = (
    Outside("+4930901820", "Reuter Bau"),
    Outside("+442079460123", "Harbour Supplies"),
    Outside("+33155501872", "Atelier Morel"),
    Outside("+12025550143", "Dana Whitfield"),
    Outside("+498955512", ""),
    Outside("+34915550170", "Talleres Ibáñez"),
    Outside("+4420794601", "Grove & Sons"),
    Outside("+31205550119", "Van Dijk"),
)


class Writer:
    """Invents calls for one tenant."""

    def __init__(self, cast: Cast, random: Random) -> None:
        self.cast = cast
        self.random = random
        self.written = 0
        self._numbers = {player.id: player.number for player in cast.players}

    def call(self, free: Sequence[str], *, at: datetime) -> Scene | None:
        """A new call among the extensions that are `free` (sorted); None where nobody is."""
        if not free:
            return None
        self.written += 1
        chance = self.random.random()
        if chance < 0.45 or len(free) < 2:
            return self._incoming(free, at)
        return self._outgoing(free, at) if chance < 0.75 else self._internal(free, at)

    def _incoming(self, free: Sequence[str], at: datetime) -> Scene:
        team, rung = self._team(free) if self.random.random() < 0.4 else (0, (self.random.choice(free),))
        scene = self._scene(at, "", rung, self.random.choice(OUTSIDE))
        scene.team = team
        if self.random.random() < 0.2:
            scene.messages = 1  # nobody answers
        else:
            scene.plan = self._talk()
            if self.cast.slots and self.random.random() < 0.3:
                scene.plan += [(Stage.PARKED, self.random.randint(15, 70)), (Stage.TALKING, self._long())]
        return scene

    def _outgoing(self, free: Sequence[str], at: datetime) -> Scene:
        scene = self._scene(at, self.random.choice(free), (), self.random.choice(OUTSIDE))
        if self.random.random() < 0.85:
            scene.plan = self._talk()
        return scene

    def _internal(self, free: Sequence[str], at: datetime) -> Scene:
        caller, callee = self.random.sample(list(free), 2)
        scene = self._scene(at, caller, (callee,), None)
        if self.random.random() < 0.85:
            scene.plan = self._talk()
        else:
            scene.messages = 1
        return scene

    def _scene(self, at: datetime, caller: str, rung: tuple[str, ...], outside: Outside | None) -> Scene:
        scene = Scene(self.cast.tenant, f"{self.written:06d}", caller, rung, outside, at, [])
        scene.left = self.random.randint(4, 14)
        return scene

    def _talk(self) -> list[tuple[Stage, int]]:
        plan = [(Stage.TALKING, self._long())]
        if self.random.random() < 0.3:
            plan += [(Stage.ON_HOLD, self.random.randint(6, 25)), (Stage.TALKING, self._long())]
        return plan

    def _team(self, free: Sequence[str]) -> tuple[int, tuple[str, ...]]:
        """A team by its id, and who of it rings; one extension, and no team, where nobody of any could."""
        open_to = set(free)
        teams = [(team, [self._numbers.get(one, "") for one in members]) for team, members in self.cast.teams]
        ringing = [(team, tuple(number for number in numbers if number in open_to)[:5]) for team, numbers in teams]
        ringing = [(team, numbers) for team, numbers in ringing if numbers]
        return self.random.choice(ringing) if ringing else (0, (self.random.choice(free),))

    def _long(self) -> int:
        return self.random.randint(8, 90)
