"""Ring groups that do not ring as somebody might think."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from extensions.services.check.problems import Problem, Survey, called
from extensions.snapshot.facts import ExtensionFacts, Snapshot, TeamFacts
from portal.core.sentences import Sentence


def suspended_members(survey: Survey) -> Iterator[Problem]:
    """Members of ring groups that are suspended, where others still ring."""
    for team in ring_groups(survey.snapshot):
        members = members_of(survey.snapshot, team)
        for one in members:
            if one.suspended and not silent(members):
                yield Problem(
                    subject=f"{team.id}:{one.id}",
                    name=f"{team.number} {team.name}",
                    text=Sentence(_("%(member)s is suspended and does not ring."), {"member": called(one)}),
                    url=reverse("extensions:team_members", args=[team.id]),
                )


def empty_ring_groups(survey: Survey) -> Iterator[Problem]:
    """Teams with a number that ring nobody."""
    for team in ring_groups(survey.snapshot):
        members = members_of(survey.snapshot, team)
        if silent(members):
            text = Sentence(_("All its members are suspended: nobody rings."))
            if not members:
                text = Sentence(_("It has no members: nobody rings."))
            url = reverse("extensions:team_members", args=[team.id])
            yield Problem(str(team.id), f"{team.number} {team.name}", text, url)


def ring_groups(snapshot: Snapshot) -> list[TeamFacts]:
    """The teams that ring: those with a number."""
    return [team for team in snapshot.teams.values() if team.number]


def members_of(snapshot: Snapshot, team: TeamFacts) -> list[ExtensionFacts]:
    """The members of a team, in ring order."""
    return [snapshot.extensions[one] for one in team.members if one in snapshot.extensions]


def silent(members: list[ExtensionFacts]) -> bool:
    """Whether none of these could ever ring."""
    return all(one.suspended for one in members)
