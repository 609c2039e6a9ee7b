"""Teams: list, create, look at, change (TEAM-01, TEAM-03)."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from extensions.filters.team import TeamFilter
from extensions.forms.team import TeamForm
from extensions.models import RingStrategy, Team
from extensions.scopes import reach
from extensions.services.teams.edit import create_team, edit_team
from extensions.settings.words import seconds
from extensions.tables.team import TeamTable
from extensions.team_selectors import managers_of, members_of, ring_picture, teams
from extensions.views.deletion import DeletePage
from portal.core.pages import FormPage, ListPage, Page, VersionedFormPage
from portal.permissions import Perm

NOWHERE = _("The caller hears that nobody is there")


class OneTeam:
    """A page about the team whose id is in the address; `reached` says which ones this person may open here."""

    def reached(self) -> QuerySet[Team]:
        """The teams of this page."""
        return teams()

    def team(self) -> Team:
        """The team; read once per request."""
        return self._team

    @cached_property
    def _team(self) -> Team:
        return get_object_or_404(self.reached(), pk=self.kwargs["pk"])

    def back(self) -> str:
        """The team's own page."""
        return reverse("extensions:team", args=[self.kwargs["pk"]])


class TeamList(ListPage):
    permission = Perm.TEAM_READ
    template = "teams/team_list.html"
    table = TeamTable
    filter = TeamFilter
    export_name = "teams"

    def rows(self) -> QuerySet[Team]:
        return teams()


class TeamCreate(FormPage):
    permission = Perm.TEAM_CREATE
    template = "teams/team_create.html"
    form_class = TeamForm
    done_message = _("Team created. Choose its members now.")

    def perform(self, form: TeamForm) -> str:
        team = create_team(by=self.request.user, **form.cleaned_data)
        return reverse("extensions:team_members", args=[team.pk])


class TeamDetail(OneTeam, Page):
    permission = Perm.TEAM_READ
    template = "teams/team_detail.html"

    def context(self) -> dict[str, Any]:
        team, viewer = self.team(), self.request.user
        members = members_of(team)
        limits = reach(viewer, Perm.TEAM_UPDATE) if viewer.may(Perm.TEAM_UPDATE) else frozenset()
        return {
            "team": team,
            "members": members,
            "picture": ring_picture(team, members) if team.number else None,
            "managers": managers_of(team),
            "facts": _facts(team),
            "may_edit": limits is None,
            "may_change_members": limits is None or team.pk in limits,
        }


class TeamEdit(OneTeam, VersionedFormPage):
    """Managers of single teams change members and schedules only (TEAM-04); for them this is not there."""

    permission = Perm.TEAM_UPDATE
    template = "teams/team_edit.html"
    form_class = TeamForm
    done_message = _("Team saved.")

    def reached(self) -> QuerySet[Team]:
        return teams() if reach(self.request.user, self.permission) is None else Team.objects.none()

    def current(self) -> Team:
        return self.team()

    def initial(self) -> dict[str, Any]:
        team = self.team()
        names = ("name", "description", "number", "strategy", "ring_seconds", "no_answer")
        return {name: getattr(team, name) for name in names}

    def context(self) -> dict[str, Any]:
        return {"team": self.team()}

    def perform(self, form: TeamForm) -> str:
        edit_team(team=self.team(), by=self.request.user, **form.cleaned_data)
        return self.back()


class TeamDelete(OneTeam, DeletePage):
    """What depends on the team is replaced or removed; numbers, members and scopes go with it (TEAM-01, TEN-13)."""

    permission = Perm.TEAM_DELETE

    def found(self) -> Team:
        return self.team()

    def back(self) -> str:
        return OneTeam.back(self)


def _facts(team: Team) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"label": _("Number"), "value": team.number, "mono": True},
        {"label": _("Description"), "value": team.description},
    ]
    if team.number:
        facts += [
            {"label": _("Ringing"), "value": RingStrategy(team.strategy).label},
            {"label": _("Seconds to ring"), "value": seconds(team.ring_seconds)},
            {
                "label": _("If nobody answers"),
                "value": str(team.no_answer or _("The caller hears that nobody is there")),
            },
        ]
    return facts
