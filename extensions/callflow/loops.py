"""Forwards that lead back to where they began, and forwards that the rules for outgoing calls deny (CTL-04)."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from extensions.callflow.ends import party_of
from extensions.callflow.outgoing import Decision, outgoing_decision
from extensions.callflow.profiles import profile_of
from extensions.callflow.walk import Party
from extensions.models import DestinationKind, StatusKind
from extensions.settings.catalogue import hours
from extensions.settings.catalogue.forwarding import Origin
from extensions.settings.resolve import Effective
from extensions.snapshot.facts import DestinationFacts, ExtensionFacts, Snapshot

ACTIONS = (hours.CLOSED_ACTION, hours.BREAK_ACTION, hours.HOLIDAY_ACTION)


@dataclass(frozen=True, slots=True)
class Loop:
    """Extensions and teams in the order in which a call would pass them; the first is also where it comes back to."""

    parties: tuple[Party, ...]

    @property
    def words(self) -> str:
        """The loop as people read it: 101 → 102 → 101."""
        names = [name_of(party) for party in (*self.parties, self.parties[0])]
        return " → ".join(names)


def name_of(party: Party) -> str:
    """An extension by its number, a team by its name."""
    return party.number if isinstance(party, ExtensionFacts) else party.name


def onward(snapshot: Snapshot, party: Party, origin: Origin) -> Iterator[DestinationFacts]:
    """Everywhere that an extension or team may send calls of this origin, in whatever status and at whatever time."""
    for key in ACTIONS:
        if party.settings[hours.HOURS].value and party.settings[key].value:
            yield party.settings[key].value
    if isinstance(party, ExtensionFacts):
        for kind in snapshot.statuses or StatusKind:
            yield from (one.to for one in profile_of(party.settings, kind, origin).forwards.values())
        yield from (one.destination for one in party.exceptions if one.destination is not None)
    elif party.no_answer is not None:
        yield party.no_answer


def loop_through(snapshot: Snapshot, start: Party) -> Loop | None:
    """A loop that passes `start`, where there is one. Looks only at what can be reached from there."""
    for origin in Origin:
        found = _search(snapshot, start, origin)
        if found is not None:
            return found
    return None


def heads(snapshot: Snapshot, settings: Mapping[str, Effective], keys: Collection[str]) -> Iterator[tuple[str, Party]]:
    """The extensions and teams that the forwards and hours actions among `keys` lead to, each with its key."""
    for key, to in targets(settings, keys):
        party = party_of(snapshot, to)
        if party is not None:
            yield key, party


def targets(settings: Mapping[str, Effective], keys: Collection[str]) -> Iterator[tuple[str, DestinationFacts]]:
    """Where hours actions and forwards that are on lead, of those among `keys`, each with the key of its target."""
    for key in sorted({one.removesuffix(".to").removesuffix(".seconds") for one in keys}):
        target = key if key in ACTIONS else f"{key}.to"
        if (key in ACTIONS or settings[key].value) and settings[target].value is not None:
            yield target, settings[target].value


def loop_sentence(loop: Loop) -> str:
    """Why a forward is refused."""
    return _("Calls would go round in a circle: %(loop)s. Choose another destination.") % {"loop": loop.words}


def denied(snapshot: Snapshot, sender: Party | None, to: DestinationFacts) -> Decision | None:
    """The decision that keeps a forward to an outside number from going out; None where nothing does."""
    if to.kind is not DestinationKind.NUMBER:
        return None
    decision = outgoing_decision(snapshot, sender, to.number, None)
    return None if decision.allowed else decision


def denied_sentence(decision: Decision) -> str:
    """Why a forward to an outside number is refused."""
    return _("Calls may not be forwarded to %(number)s. What decides: %(rule)s.") % {
        "number": decision.number,
        "rule": decision.rule,
    }


def _search(snapshot: Snapshot, start: Party, origin: Origin) -> Loop | None:
    """Depth first, each extension and team once; itself as a target does not count, it is taken for none."""
    stack: list[tuple[Party, Iterator[Party]]] = [(start, _next(snapshot, start, origin))]
    seen = {_id(start)}
    while stack:
        _here, following = stack[-1]
        party = next(following, None)
        if party is None:
            stack.pop()
        elif _id(party) == _id(start) and len(stack) > 1:
            return Loop(tuple(one for one, _rest in stack))
        elif _id(party) not in seen:
            seen.add(_id(party))
            stack.append((party, _next(snapshot, party, origin)))
    return None


def _next(snapshot: Snapshot, party: Party, origin: Origin) -> Iterator[Party]:
    for to in onward(snapshot, party, origin):
        found = party_of(snapshot, to)
        if found is not None and _id(found) != _id(party):
            yield found


def _id(party: Party) -> tuple[bool, int]:
    return isinstance(party, ExtensionFacts), party.id
