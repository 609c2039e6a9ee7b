"""The pages of one team as tabs, and the teams of one extension."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from extensions.models import Extension, Team
from extensions.scopes import reach
from portal.permissions import Perm

register = template.Library()


@register.simple_tag(takes_context=True)
def team_tabs(context: dict[str, Any], team: Team, here: str) -> list[dict[str, Any]]:
    """`{% team_tabs team "members" as tabs %}`: those pages of the team that this person may open."""
    user = context["user"]
    pages = [
        ("team", _("Team"), "extensions:team", Perm.TEAM_READ),
        ("members", _("Members"), "extensions:team_members", Perm.TEAM_UPDATE),
        ("hours", _("Hours"), "extensions:team_hours", Perm.SCHEDULE_UPDATE),
        ("voicemail", _("Voicemail"), "extensions:team_voicemail", Perm.VOICEMAIL_UPDATE),
        ("recording", _("Recording"), "extensions:team_recording", Perm.CALL_CONTROL_UPDATE),
        ("presence", _("Status"), "extensions:team_presence", Perm.STATUS_UPDATE),
    ]
    return [
        {"label": label, "url": reverse(name, args=[team.pk]), "active": key == here}
        for key, label, name, permission in pages
        if user.may(permission) and _reaches(user, permission, team)
    ]


def _reaches(user: Any, permission: Perm, team: Team) -> bool:
    limits = reach(user, permission)
    return limits is None or team.pk in limits


@register.simple_tag
def teams_of(extension: Extension) -> list[Team]:
    """`{% teams_of extension as joined %}`: the teams that it is in, by name. One query."""
    return list(extension.teams.order_by("name", "pk"))
