"""The shape of an answer: ordered steps, each with the rule that decided, and where the call ends."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from extensions.models import Level
from extensions.settings.resolve import Effective


class Topic(StrEnum):
    """Which page shows a rule."""

    EXTENSION = "extension"
    TEAM = "team"
    FORWARDING = "forwarding"
    STATUS = "status"
    HOURS = "hours"
    SCHEDULE = "schedule"
    BLOCKED = "blocked"
    EXCEPTIONS = "exceptions"
    INCOMING = "incoming"
    OUTGOING = "outgoing"
    RULES = "rules"
    CALLER_ID = "caller_id"
    VOICEMAIL = "voicemail"
    CONFERENCE = "conference"
    PARKING = "parking"
    FEATURES = "features"
    SPEED_DIALS = "speed_dials"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule is set: a topic, the level, and the id of the object on that level (0: the company)."""

    topic: Topic
    level: Level | None = None
    id: int = 0


class EndKind(StrEnum):
    VOICEMAIL = "voicemail"
    MAILBOX = "mailbox"
    CONFERENCE = "conference"
    PARKING = "parking"
    FEATURE = "feature"
    ANNOUNCEMENT = "announcement"
    OUTSIDE = "outside"
    EMERGENCY = "emergency"
    BUSY = "busy"
    REJECTED = "rejected"
    HANGUP = "hangup"
    NOBODY = "nobody"
    DENIED = "denied"
    SUSPENDED = "suspended"
    NOWHERE = "nowhere"
    LOOP = "loop"


# Ends at which the caller reached nobody and nothing, and that somebody should look at.
BAD_ENDS = frozenset({EndKind.LOOP, EndKind.NOWHERE, EndKind.DENIED, EndKind.SUSPENDED})


@dataclass(frozen=True, slots=True)
class End:
    """`detail` is the number or id that tells two ends of one kind apart; `words` say it in a sentence."""

    kind: EndKind
    words: str
    detail: str = ""

    @property
    def key(self) -> str:
        """The same in every language and whatever things are called."""
        return f"{self.kind.value}:{self.detail}" if self.detail else self.kind.value


@dataclass(frozen=True, slots=True)
class Branch:
    """What would have happened otherwise."""

    condition: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Step:
    """One question that was asked about the call, the answer, and the rule behind it.

    `decided` steps turned the call somewhere; the others let it pass. `rings` names what rang at this step.
    """

    asked: str
    answer: str
    icon: str
    rule: str = ""
    place: Place | None = None
    decided: bool = False
    branches: tuple[Branch, ...] = ()
    rings: str = ""
    rings_words: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    """All that happens to one call, in order."""

    caller: str
    dialled: str
    at: datetime
    end: End
    steps: tuple[Step, ...] = field(default_factory=tuple)
    touched: frozenset[Place] = frozenset()  # extensions and teams on the way

    @property
    def key(self) -> str:
        """What a kept test compares: whatever rings, in order, and the end."""
        return ";".join([f"ring:{step.rings}" for step in self.steps if step.rings] + [self.end.key])[:400]

    @property
    def words(self) -> str:
        """The whole path in one sentence."""
        rung = [step.rings_words for step in self.steps if step.rings]
        if not rung:
            return self.end.words[:400]
        then = _(", then ").join(rung)
        return _("Rings %(rung)s, then: %(end)s")[:400] % {"rung": then, "end": self.end.words}


def source_words(effective: Effective) -> str:
    """Where a setting that decided comes from, in words."""
    source = effective.source
    if source is None:
        return _("Default of the product")
    if effective.locked_by is not None:
        return _("Locked by %(name)s") % {"name": source.name or source.level.label}
    if effective.here:
        return _("Set here")
    return _("Inherited from %(name)s") % {"name": source.name or source.level.label}


def place_of(effective: Effective, topic: Topic, *, extension: int = 0, team: int = 0) -> Place:
    """The page on which the setting that decided can be changed; `extension` and `team` are the subject's own."""
    level = effective.source.level if effective.source else (Level.EXTENSION if extension else Level.TENANT)
    if level is Level.EXTENSION:
        return Place(topic, level, extension)
    return Place(topic, level, team) if level is Level.TEAM else Place(topic, Level.TENANT)
