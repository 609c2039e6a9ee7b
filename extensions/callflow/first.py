"""Where an extension sends a call that reaches it now: the first of the questions that a whole path asks."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from extensions.callflow.callers import Caller
from extensions.callflow.extension import through_extension
from extensions.callflow.steps import End, EndKind, Step
from extensions.callflow.walk import GoOn, Walk
from extensions.callflow.words import destination_words
from extensions.snapshot.facts import ExtensionFacts, Snapshot

# Somebody outside whom no list names: what is said holds for most callers.
SOMEBODY = Caller("+")


@dataclass(frozen=True, slots=True)
class First:
    """What the extension does with the call: the question that decided, and where the call goes from there."""

    steps: tuple[Step, ...]
    to: GoOn | End
    to_words: str

    @property
    def sentence(self) -> str:
        """“Closed: outside office hours. Callers get: voicemail.”"""
        if not self.steps or isinstance(self.to, End) and self.to.kind is EndKind.SUSPENDED:
            return self.to_words
        last = next((one for one in reversed(self.steps) if one.rings or one.decided), self.steps[-1])
        if not last.rings and self.to_words.lower() in last.answer.lower():
            return f"{last.answer}."
        pattern = _("%(what)s, then: %(to)s.") if last.rings else _("%(what)s. Callers get: %(to)s.")
        return pattern % {"what": last.answer, "to": self.to_words.rstrip(".")}


def first_answer_of(snapshot: Snapshot, extension: ExtensionFacts, at: datetime) -> First:
    """What `extension` does with a call from outside at `at`.

    `snapshot` must hold the schedules and exceptions that bear on it; what it sends calls to, only by name.
    """
    walk = Walk(snapshot, SOMEBODY, at, _never, branching=False)
    walk.enter(extension)
    to = through_extension(walk, extension)
    words = to.words if isinstance(to, End) else destination_words(to.to, snapshot)
    return First(tuple(walk.steps), to, words)


def _never(_walk: Walk, _go: GoOn) -> End:
    raise AssertionError("one extension alone follows no branch")
