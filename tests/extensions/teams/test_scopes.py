"""In which teams somebody's role counts, and what becomes of that when roles change (ROL-08, ROL-09)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from extensions.models import Team, TeamScope
from extensions.services.teams.edit import create_team
from extensions.services.teams.scopes import NotTheirRole, assign_scopes
from portal.accounts.models import Role, User
from portal.accounts.services import NotHeld, assign_roles
from portal.accounts.services.custom_roles import create_role, delete_role
from portal.permissions import Perm
from tenants.models import Tenant

Browser = Callable[[User | None, Tenant], Client]


@pytest.fixture
def teams(inside_alpha: Tenant, owner: User) -> tuple[Team, Team]:
    """Sales and Support."""
    return create_team(name="Sales", by=owner), create_team(name="Support", by=owner)


def role(code: str) -> Role:
    return Role.objects.get(code=code)


def scopes_of(user: User) -> list[str]:
    return sorted(TeamScope.objects.filter(user=user).values_list("team__name", flat=True))


@pytest.mark.feature("ROL-08")
def test_a_role_counts_in_the_chosen_teams(teams: tuple[Team, Team], owner: User, manager: User) -> None:
    sales, support = teams
    key = role("manager").pk

    assign_scopes(user=manager, teams={key: [sales.pk, support.pk]}, by=owner)
    assert scopes_of(manager) == ["Sales", "Support"]
    assign_scopes(user=manager, teams={key: [support.pk]}, by=owner)

    assert scopes_of(manager) == ["Support"]


@pytest.mark.feature("ROL-08")
def test_teams_are_chosen_only_for_a_role_that_somebody_has(teams: tuple[Team, Team], owner: User, agent: User) -> None:
    with pytest.raises(NotTheirRole):
        assign_scopes(user=agent, teams={role("manager").pk: [teams[0].pk]}, by=owner)


@pytest.mark.feature("ROL-08", "ROL-09")
def test_who_manages_one_team_gives_nobody_another(
    teams: tuple[Team, Team], owner: User, manager: User, agent: User
) -> None:
    sales, support = teams
    helper = create_role(name="Helper", permissions=[Perm.TEAM_UPDATE, Perm.ROLE_ASSIGN], team_scoped=True, by=owner)
    assign_roles(user=manager, roles=[helper], by=owner)
    assign_roles(user=agent, roles=[helper], by=owner)
    assign_scopes(user=User.objects.get(pk=manager.pk), teams={helper.pk: [sales.pk]}, by=owner)
    giver, taker = User.objects.get(pk=manager.pk), User.objects.get(pk=agent.pk)

    assign_scopes(user=taker, teams={helper.pk: [sales.pk]}, by=giver)
    with pytest.raises(NotHeld):
        assign_scopes(user=taker, teams={helper.pk: [sales.pk, support.pk]}, by=giver)

    assert scopes_of(agent) == ["Sales"]


@pytest.mark.feature("ROL-08")
def test_a_lost_role_loses_its_teams(teams: tuple[Team, Team], owner: User, manager: User) -> None:
    assign_scopes(user=manager, teams={role("manager").pk: [teams[0].pk]}, by=owner)

    assign_roles(user=manager, roles=[role("end_user")], by=owner)

    assert scopes_of(manager) == []


@pytest.mark.feature("ROL-06", "ROL-08")
def test_what_replaces_a_deleted_role_counts_in_the_same_teams(
    teams: tuple[Team, Team], owner: User, agent: User
) -> None:
    helper = create_role(name="Helper", permissions=[Perm.TEAM_UPDATE], team_scoped=True, by=owner)
    assign_roles(user=agent, roles=[helper], by=owner)
    assign_scopes(user=User.objects.get(pk=agent.pk), teams={helper.pk: [teams[1].pk]}, by=owner)

    delete_role(role=helper, replacement=role("manager"), by=owner)

    assert [(one.role.code, one.team.name) for one in TeamScope.objects.filter(user=agent)] == [("manager", "Support")]


@pytest.mark.feature("ROL-08")
def test_giving_a_role_that_needs_teams_leads_on_to_choosing_them(
    teams: tuple[Team, Team], browser_of: Browser, owner: User, agent: User, alpha: Tenant
) -> None:
    key = role("manager").pk
    connection.set_schema_to_public()

    answer = browser_of(owner, alpha).post(f"/users/{agent.pk}/roles/", {"roles": [key]})

    assert answer["Location"] == f"/users/{agent.pk}/teams/"
