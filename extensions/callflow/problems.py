"""What the configuration check says about calls: circles, forwards that lead nowhere (CTL-04, LNT-01)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from extensions.callflow.ends import party_of
from extensions.callflow.loops import denied, denied_sentence, loop_through, name_of, onward
from extensions.callflow.walk import Party
from extensions.models import Severity
from extensions.models.destination import POINTERS
from extensions.settings.catalogue.forwarding import Origin
from extensions.snapshot.facts import DestinationFacts, ExtensionFacts, Snapshot, TeamFacts


@dataclass(frozen=True, slots=True)
class CallProblem:
    """One problem. `subject` is the key of the object (extension 5, team 3, rule_set 2), `id` its id."""

    code: str
    severity: Severity
    subject: str
    id: int
    name: str
    text: str


def call_problems(snapshot: Snapshot) -> Iterator[CallProblem]:
    """Everything about forwarding and outgoing rules that somebody should look at, in a fixed order."""
    yield from _circles(snapshot)
    for party in [*snapshot.extensions.values(), *snapshot.teams.values()]:
        yield from _targets(snapshot, party)
    yield from _unreachable_rules(snapshot)


def _circles(snapshot: Snapshot) -> Iterator[CallProblem]:
    """Each circle once, at its first member."""
    seen: set[frozenset[tuple[bool, int]]] = set()
    for party in [*snapshot.extensions.values(), *snapshot.teams.values()]:
        loop = loop_through(snapshot, party) if _sends_on(snapshot, party) else None
        if loop is None:
            continue
        members = frozenset((isinstance(one, ExtensionFacts), one.id) for one in loop.parties)
        if members not in seen:
            seen.add(members)
            text = _("Calls can go round in a circle: %(loop)s.") % {"loop": loop.words}
            yield _problem("call_loop", Severity.ERROR, party, text)


def _sends_on(snapshot: Snapshot, party: Party) -> bool:
    return any(party_of(snapshot, to) for origin in Origin for to in onward(snapshot, party, origin))


def _targets(snapshot: Snapshot, party: Party) -> Iterator[CallProblem]:
    found = dict.fromkeys(to for origin in Origin for to in onward(snapshot, party, origin))
    for to in found:
        decision = denied(snapshot, party, to)
        if decision is not None:
            yield _problem("forward_denied", Severity.ERROR, party, denied_sentence(decision))
        elif _is_gone(snapshot, to):
            yield _problem("forward_gone", Severity.ERROR, party, _("Calls are forwarded to something that is gone."))
        elif _is_suspended(snapshot, to):
            text = _("Calls are forwarded to %(number)s, which is suspended.")
            target = party_of(snapshot, to)
            yield _problem("forward_suspended", Severity.WARNING, party, text % {"number": name_of(target or party)})


def _is_gone(snapshot: Snapshot, to: DestinationFacts) -> bool:
    found = {
        "extension": snapshot.extensions,
        "team": snapshot.teams,
        "mailbox": snapshot.mailboxes,
        "conference": snapshot.conferences,
        "announcement": snapshot.announcements,
    }
    pointer = POINTERS.get(to.kind)
    return pointer is not None and to.target_id not in found[pointer]


def _is_suspended(snapshot: Snapshot, to: DestinationFacts) -> bool:
    party = party_of(snapshot, to)
    return isinstance(party, ExtensionFacts) and party.suspended


def _unreachable_rules(snapshot: Snapshot) -> Iterator[CallProblem]:
    """A rule that stands twice in a set never decides the second time."""
    for chosen in snapshot.rule_sets.values():
        seen = set()
        for place, rule in enumerate(chosen.rules, start=1):
            if (rule.match, rule.value) in seen:
                text = _("Rule %(place)d never decides: an earlier rule is about the same.") % {"place": place}
                subject = f"rule_set {chosen.id} {place}"
                yield CallProblem("rule_unreached", Severity.HINT, subject, chosen.id, chosen.name, text)
            seen.add((rule.match, rule.value))


def _problem(code: str, severity: Severity, party: Party, text: str) -> CallProblem:
    kind = "team" if isinstance(party, TeamFacts) else "extension"
    shown = party.name if isinstance(party, TeamFacts) else f"{party.number} {party.name}"
    return CallProblem(code, severity, f"{kind} {party.id}", party.id, shown, text)
