"""The pages of one team as tabs, and the teams of one extension."""

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from extensions.models import Extension, Team
from extensions.scopes import reach, viewed_teams
from portal.permissions import Perm

register = template.Library()
TEAMS_SHOWN = 6


# Icon-free on purpose: seven tabs must fit. The pages of other topics are named by their URLs.
_PAGES = (
    (_("Team"), "extensions:team", Perm.TEAM_READ),
    (_("Members"), "extensions:team_members", Perm.TEAM_UPDATE),
    (_("Hours"), "extensions:team_schedule", Perm.SCHEDULE_UPDATE),
    (_("Status"), "extensions:team_presence", Perm.STATUS_UPDATE),
    (_("Voicemail"), "extensions:team_voicemail", Perm.VOICEMAIL_UPDATE),
    (_("Calls"), "extensions:team_calls", Perm.CALL_CONTROL_READ),
)


@register.simple_tag(takes_context=True)
def team_tabs(context: dict[str, Any], team: Team) -> list[dict[str, Any]]:
    """`{% team_tabs team as tabs %}`: those pages of the team that this person may open, the present one active."""
    request = context["request"]
    here = request.resolver_match.view_name
    found = []
    for label, name, permission in _PAGES:
        url = _address(name, team)
        if url and request.user.may(permission) and _reaches(request.user, permission, team):
            active = here == name or (name != "extensions:team" and here.startswith(name))
            found.append({"label": label, "url": url, "active": active})
    return found


def _address(name: str, team: Team) -> str:
    try:
        return reverse(name, args=[team.pk])
    except NoReverseMatch:
        return ""


def _reaches(user: Any, permission: Perm, team: Team) -> bool:
    limits = reach(user, permission)
    return limits is None or team.pk in limits


@register.simple_tag
def teams_viewed(user: Any) -> str:
    """`{% teams_viewed user as names %}`: the teams in which a team-scoped role is viewed now, by name."""
    return ", ".join(team.name for team in viewed_teams(user))


@register.simple_tag(takes_context=True)
def changes_teams(context: dict[str, Any], joined: list[Team]) -> bool:
    """`{% changes_teams joined as may_change %}`: whether this person may change the teams of their member."""
    user = context["user"]
    if not user.may(Perm.TEAM_UPDATE):
        return False
    limits = reach(user, Perm.TEAM_UPDATE)
    return limits is None or any(team.pk in limits for team in joined)


@register.simple_tag
def home_first(joined: list[Team], extension: Extension) -> dict[str, Any]:
    """`{% home_first joined extension as shown %}`: the first few `teams`, the home team before all, and how many
    `more` there are."""
    teams = sorted(joined, key=lambda team: team.pk != extension.home_team_id)
    return {"teams": teams[:TEAMS_SHOWN], "more": max(len(teams) - TEAMS_SHOWN, 0)}
