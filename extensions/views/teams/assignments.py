"""Teams of one extension, and many extensions for one team: the same services as the team's own page (TEAM-02)."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from extensions.forms.team import TeamsOfExtensionForm
from extensions.forms.team_choice import TeamChoice
from extensions.models import Extension, Team
from extensions.scopes import extensions_within, reach, teams_within
from extensions.services.teams.members import add_to_team, assign_teams
from extensions.team_selectors import join_plan
from extensions.views.extension import ExtensionList
from portal.core.bulk import BulkPlan
from portal.core.pages import BulkPage, FormPage
from portal.permissions import Perm


class ExtensionTeams(FormPage):
    """In which teams an extension is. A manager sees, ticks and unticks the own teams; the others stay."""

    permission = Perm.TEAM_UPDATE
    template = "teams/extension_teams.html"
    form_class = TeamsOfExtensionForm
    done_message = _("Teams saved.")

    @cached_property
    def extension(self) -> Extension:
        """The extension; read once per request."""
        rows = extensions_within(self.request.user, self.permission).select_related("home_team")
        return get_object_or_404(rows, number=self.kwargs["number"])

    @cached_property
    def joined(self) -> list[Team]:
        """The teams that the extension is in."""
        return list(self.extension.teams.order_by("name", "pk"))

    def form_arguments(self) -> dict[str, Any]:
        return {"offered": teams_within(self.request.user, self.permission)}

    def initial(self) -> dict[str, Any]:
        return {"teams": [team.pk for team in self.joined], "home_team": self.extension.home_team}

    def context(self) -> dict[str, Any]:
        mine = reach(self.request.user, self.permission)
        others = [] if mine is None else [team for team in self.joined if team.pk not in mine]
        return {"extension": self.extension, "others": others}

    def perform(self, form: TeamsOfExtensionForm) -> str:
        home = form.cleaned_data["home_team"]
        assign_teams(
            extension=self.extension,
            teams=[team.pk for team in form.cleaned_data["teams"]],
            home_team=home.pk if home else None,
            within=reach(self.request.user, self.permission),
            by=self.request.user,
        )
        return reverse("extensions:detail", args=[self.extension.number])


class ExtensionsToTeam(BulkPage):
    """Put many extensions of the list into a team: first which one, then what would change."""

    permission = Perm.TEAM_UPDATE
    list_page = ExtensionList
    list_url = "extensions:list"
    list_title = _("Extensions")
    title = _("Add to a team")
    text = _("They ring last in it, in the order of their numbers.")
    skipped_because = _("in the team already")

    @cached_property
    def choice(self) -> TeamChoice:
        """What was chosen; without data while nobody was asked."""
        data = self.request.POST if "team" in self.request.POST else None
        return TeamChoice(data, within=teams_within(self.request.user, self.permission))

    @property
    def team(self) -> Team | None:
        """The chosen team; None while nobody chose one of those that this person may change."""
        return self.choice.cleaned_data["team"] if self.choice.is_valid() else None

    def carried(self) -> dict[str, Any]:
        return {"team": str(self.team)} if self.team else {}

    def plan(self, rows: QuerySet[Extension]) -> BulkPlan:
        if self.team is None:
            return BulkPlan(0, [], 0, [])
        return join_plan(rows, self.team)

    def perform(self, rows: QuerySet[Extension], expected: int) -> int:
        if self.team is None:
            return 0
        return add_to_team(rows=rows, team=self.team, expected=expected, by=self.request.user)

    def page(self, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        if self.team is None:
            self.template = "teams/bulk_team.html"
            context |= {"choice": self.choice, "teams": self.choice.within.exists()}
        return super().page(context, status=422 if self.choice.errors else status)

    def submit_label(self, changing: int) -> str:
        return ngettext("Add %(n)d extension to %(team)s", "Add %(n)d extensions to %(team)s", changing) % {
            "n": changing,
            "team": self.team,
        }

    def done_message(self, changed: int) -> str:
        return ngettext("%(n)d extension added to %(team)s.", "%(n)d extensions added to %(team)s.", changed) % {
            "n": changed,
            "team": self.team,
        }
