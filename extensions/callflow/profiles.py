"""What the profile of a status does with a call: one value for each condition (CTL-01, CTL-02, CTL-03)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from extensions.models import DestinationKind, StatusKind
from extensions.settings.catalogue.forwarding import Condition, Origin, conditions_of, key_of
from extensions.settings.resolve import Effective
from extensions.snapshot.facts import DestinationFacts

OWN_BOX = DestinationFacts(DestinationKind.VOICEMAIL)


@dataclass(frozen=True, slots=True)
class Forward:
    """A forward that is switched on. `held` is the switch, with where it comes from."""

    condition: Condition
    to: DestinationFacts
    held: Effective
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Profile:
    """The forwards of one profile for calls of one origin that are switched on, and how long it rings."""

    kind: StatusKind
    origin: Origin
    forwards: Mapping[Condition, Forward]
    ring_seconds: int

    def forward(self, condition: Condition) -> Forward | None:
        """The forward for this condition, if one is on."""
        return self.forwards.get(condition)


class Rest(Enum):
    """What becomes of a call that no forward takes."""

    VOICEMAIL = "voicemail"
    BUSY = "busy"
    UNANSWERED = "unanswered"


def taker(
    profile: Profile, condition: Condition, *, box: bool, leads_back: Callable[[Any], bool] = lambda _to: False
) -> Forward | Rest:
    """What takes a call under this condition: its forward, else voicemail where there is one (`box`).

    A forward that leads back to the extension itself (`leads_back`) counts as none.
    """
    forward = profile.forward(condition)
    if forward is not None and not leads_back(forward.to):
        return forward
    if box:
        return Rest.VOICEMAIL
    return Rest.UNANSWERED if condition is Condition.NO_ANSWER else Rest.BUSY


def profile_of(settings: Mapping[str, Effective], kind: StatusKind, origin: Origin) -> Profile:
    """The profile `kind` of a subject for calls of this origin, from what holds for that subject."""
    forwards = {}
    for condition in conditions_of(kind):
        key = key_of(kind, origin, condition)
        if settings[key].value:
            seconds = settings[f"{key}.seconds"].value if condition is Condition.NO_ANSWER else 0
            forwards[condition] = Forward(condition, settings[f"{key}.to"].value or OWN_BOX, settings[key], seconds)
    unanswered = forwards.get(Condition.NO_ANSWER)
    rings = unanswered.seconds if unanswered else settings["voicemail.ring_seconds"].value
    return Profile(kind, origin, forwards, rings)
