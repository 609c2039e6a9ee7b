"""Which value holds, and why: pure functions over what each level says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extensions.models import Level
from extensions.settings.registry import ORDER, Setting


@dataclass(frozen=True, slots=True)
class Said:
    """What one level says about one setting. `name` is what people call that level: “Sales”, “Kenton Electronics”."""

    level: Level
    value: Any
    locked: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Effective:
    """The value that holds for one subject. `source` None: nobody said anything, the product's default holds.

    `here` is whether the asked level itself says it; `locked_by` the outer level that keeps the asked one from saying
    anything; `inherited` what would hold after a Reset.
    """

    setting: Setting
    value: Any
    source: Said | None
    here: bool
    locked_by: Said | None
    inherited: Any

    @property
    def words(self) -> str:
        """The value as people read it."""
        return self.setting.words(self.value)


# What the levels from the outermost to the asked one say: key → sayings, outermost first.
Sayings = Mapping[str, Sequence[Said]]


def effective(setting: Setting, sayings: Sequence[Said], *, at: Level) -> Effective:
    """What holds at the level `at`, given what it and the levels above it say.

    The innermost saying wins, unless an outer one is locked: then the outermost locked one wins.
    """
    in_order = sorted(
        (said for said in sayings if ORDER.index(said.level) <= ORDER.index(at)),
        key=lambda said: ORDER.index(said.level),
    )
    above = [said for said in in_order if said.level != at]
    own = next((said for said in in_order if said.level == at), None)
    lock = next((said for said in above if said.locked), None)
    outer = lock or (above[-1] if above else None)
    inherited = outer.value if outer else setting.default
    winner = lock or own or outer
    return Effective(
        setting=setting,
        value=winner.value if winner else setting.default,
        source=winner,
        here=winner is not None and winner is own,
        locked_by=lock,
        inherited=inherited,
    )
