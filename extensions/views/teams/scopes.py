"""For which teams somebody's roles count (ROL-08)."""

from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from extensions.forms.team import ScopesForm
from extensions.models import TeamScope
from extensions.services.teams.scopes import assign_scopes
from portal.accounts.models import Role, User
from portal.core.pages import FormPage
from portal.permissions import Perm


class UserTeams(FormPage):
    permission = Perm.ROLE_ASSIGN
    template = "teams/user_teams.html"
    form_class = ScopesForm
    done_message = _("Teams saved. The role counts there from now on.")

    @cached_property
    def person(self) -> User:
        """The user; read once per request."""
        return get_object_or_404(User.objects.people().prefetch_related("roles"), pk=self.kwargs["pk"])

    @cached_property
    def roles(self) -> list[Role]:
        """The person's roles that count only in chosen teams."""
        return [role for role in self.person.roles.all() if role.team_scoped]

    def form_arguments(self) -> dict[str, Any]:
        return {"roles": self.roles}

    def initial(self) -> dict[str, Any]:
        rows = TeamScope.objects.filter(user=self.person)
        found: dict[str, Any] = {f"role_{role.pk}": [] for role in self.roles}
        for role, team in rows.values_list("role_id", "team_id"):
            found.get(f"role_{role}", []).append(team)
        return found

    def context(self) -> dict[str, Any]:
        return {"person": self.person, "roles": self.roles}

    def perform(self, form: ScopesForm) -> str:
        assign_scopes(user=self.person, teams=form.chosen(), by=self.request.user)
        return reverse("accounts:user", args=[self.person.pk])
