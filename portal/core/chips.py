"""How a state looks: icon, word and edge; never colour alone."""

from dataclasses import dataclass
from typing import Any

# Each tone is a colour and an edge style (components.css), and the icon of states that name none of their own.
TONES = {
    "neutral": "circle",
    "draft": "pencil",
    "queued": "clock",
    "scheduled": "calendar",
    "progress": "progress-check",
    "good": "circle-check",
    "warning": "alert-triangle",
    "failed": "alert-octagon",
    "suspended": "player-pause",
    "trial": "hourglass",
    "inhouse": "home-2",
    "cancelled": "ban",
}
_TONES: dict[tuple[type, Any], str] = {}  # by enum and value: equal words of two enums are two states


@dataclass(frozen=True, slots=True)
class Chip:
    """What the template tag `{% chip %}` shows."""

    label: Any
    tone: str
    icon: str


def set_tones(tones: dict[Any, str]) -> None:
    """Register how the members of a state enum look; called once, in an app's `states.py`."""
    unknown = set(tones.values()) - set(TONES)
    if unknown:
        raise ValueError(f"no such tone: {sorted(unknown)}")
    _TONES.update({(type(state), state.value): tone for state, tone in tones.items()})


def chip_of(state: Any) -> Chip:
    """The chip of a state enum's member."""
    tone = _TONES.get((type(state), state.value), "neutral")
    return Chip(state.label, tone, TONES[tone])
