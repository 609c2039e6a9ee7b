"""A call on its way: who called, what was passed, what is asked next."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from extensions.callflow.callers import Caller
from extensions.callflow.steps import End, EndKind, Place, Step, Topic
from extensions.models import DestinationKind, Level
from extensions.snapshot.facts import DestinationFacts, ExtensionFacts, Snapshot, TeamFacts

MOST_HOPS = 10
Party = ExtensionFacts | TeamFacts


@dataclass(frozen=True, slots=True)
class GoOn:
    """The call goes on to `to`, sent there by `sender` (whose voicemail and outgoing rules count)."""

    to: DestinationFacts
    sender: Party | None


@dataclass(slots=True)
class Walk:
    """`steps` grows while the call goes on. `branching` False: only where it ends matters.

    `follow` takes a walk and where it goes on, and returns where it ends.
    """

    snapshot: Snapshot
    caller: Caller
    at: datetime
    follow: "Callable[[Walk, GoOn], End]"
    branching: bool = True
    steps: list[Step] = field(default_factory=list)
    passed: list[Place] = field(default_factory=list)  # extensions and teams, in order

    def note(self, step: Step) -> None:
        """Keep one step."""
        self.steps.append(step)

    def aside(self) -> "Walk":
        """A walk that begins here, to see where a branch would lead."""
        return Walk(self.snapshot, self.caller, self.at, self.follow, branching=False, passed=list(self.passed))

    def end_of(self, go: GoOn) -> End:
        """Where a branch would end."""
        return self.follow(self.aside(), go)

    def enter(self, party: Party) -> End | None:
        """Pass through an extension or a team; the end of the call where it was there before, or after many hops."""
        place = place_at(party)
        again = place in self.passed
        self.passed.append(place)
        if not again and len(self.passed) <= MOST_HOPS:
            return None
        names = " → ".join(self.name_of(one) for one in self.passed)
        words = _("The call goes round in a circle: %(names)s") if again else _("Too many forwards: %(names)s")
        return End(EndKind.LOOP, (words % {"names": names})[:300])

    def name_of(self, place: Place) -> str:
        """What people call an extension or a team on the way."""
        if place.topic is Topic.TEAM:
            return self.snapshot.teams[place.id].name
        return self.snapshot.extensions[place.id].number

    def is_here(self, target: DestinationFacts | None, party: Party) -> bool:
        """Whether a destination is the extension or team itself: then the call simply goes on."""
        if target is None:
            return True
        kind = DestinationKind.EXTENSION if isinstance(party, ExtensionFacts) else DestinationKind.TEAM
        return target.kind is kind and target.target_id == party.id


def place_at(party: Party) -> Place:
    """An extension or team as a place on the way."""
    if isinstance(party, TeamFacts):
        return Place(Topic.TEAM, Level.TEAM, party.id)
    return Place(Topic.EXTENSION, Level.EXTENSION, party.id)
