"""Circles of forwards (CTL-04): each extension and team that may send calls to another is looked at once."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from extensions.callflow.ends import party_of
from extensions.callflow.loops import loop_through, onward
from extensions.callflow.walk import Party
from extensions.services.check.problems import Problem, Survey, called
from extensions.settings.catalogue.forwarding import Origin
from extensions.snapshot.facts import ExtensionFacts, Snapshot
from portal.core.sentences import Sentence

Node = tuple[bool, int]  # whether it is an extension, and its id
Graph = dict[Node, frozenset[Node]]


def forwarding_loops(survey: Survey) -> Iterator[Problem]:
    """Each circle once, told of the extension or team in it that comes first."""
    told: set[Node] = set()
    for node in sorted(knots(graph_of(survey)), key=lambda one: (not one[0], one[1])):
        party = _party(survey.snapshot, node)
        loop = None if node in told else loop_through(survey.snapshot, party)
        if loop is None:
            continue
        told.update(_node(one) for one in loop.parties)
        text = Sentence(_("Calls would go round in a circle: %(loop)s."), {"loop": loop.words})
        name = called(party) if isinstance(party, ExtensionFacts) else party.name
        yield Problem(f"{'extension' if node[0] else 'team'}:{node[1]}", name, text, _page(party))


def graph_of(survey: Survey) -> Graph:
    """Who may send calls to whom. Extensions that only inherit share the answer with their team mates."""
    snapshot, shared = survey.snapshot, {}
    graph: Graph = {}
    parties: list[Party] = [*snapshot.teams.values(), *snapshot.extensions.values()]
    for party in parties:
        if isinstance(party, ExtensionFacts) and party.id not in survey.outspoken:
            if party.home_team_id not in shared:
                shared[party.home_team_id] = _targets(snapshot, party)
            targets = shared[party.home_team_id]
        else:
            targets = _targets(snapshot, party)
        graph[_node(party)] = targets - {_node(party)}
    return graph


def knots(graph: Graph) -> Graph:
    """What is left without all that leads nowhere or is reached from nowhere: circles, and what lies between them."""
    while True:
        reached = frozenset().union(*graph.values())
        left = {node: targets & graph.keys() for node, targets in graph.items() if node in reached}
        left = {node: targets for node, targets in left.items() if targets}
        if len(left) == len(graph):
            return left
        graph = left


def _targets(snapshot: Snapshot, party: Party) -> frozenset[Node]:
    found = (party_of(snapshot, to) for origin in Origin for to in onward(snapshot, party, origin))
    return frozenset(_node(one) for one in found if one is not None)


def _node(party: Party) -> Node:
    return isinstance(party, ExtensionFacts), party.id


def _party(snapshot: Snapshot, node: Node) -> Party:
    return snapshot.extensions[node[1]] if node[0] else snapshot.teams[node[1]]


def _page(party: Party) -> str:
    if isinstance(party, ExtensionFacts):
        return reverse("extensions:extension_calls", args=[party.number])
    return reverse("extensions:team_calls", args=[party.id])
