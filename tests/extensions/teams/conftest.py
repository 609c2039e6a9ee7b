"""A team of three in alpha."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from extensions.models import Extension, Team, TeamScope
from extensions.services.teams.edit import create_team
from extensions.services.teams.members import set_members
from portal.accounts.models import Role, User
from tenants.models import Tenant

Browser = Callable[[User | None, Tenant], Client]


@pytest.fixture
def desks(create: Callable[..., Extension]) -> list[Extension]:
    """Extensions 201, 202 and 203."""
    names = (("201", "Ana"), ("202", "Ben"), ("203", "Cem"))
    return [create(number, first_name=name, last_name="") for number, name in names]


@pytest.fixture
def sales(desks: list[Extension], owner: User) -> Team:
    """The ring group 600 of Ana, Ben and Cem, in this order."""
    team = create_team(name="Sales", number="600", ring_seconds=20, by=owner)
    return set_members(team=team, members=[desk.pk for desk in desks], by=owner)


def order_of(team: Team) -> list[str]:
    """The numbers of a team's members in ring order."""
    return list(team.memberships.order_by("position").values_list("extension__number", flat=True))


@pytest.fixture
def look(browser_of: Browser, owner: User, alpha: Tenant, sales: Team) -> Client:
    """The owner's browser in alpha, where the team Sales is."""
    connection.set_schema_to_public()
    return browser_of(owner, alpha)


@pytest.fixture
def manage(sales: Team, manager: User, inside_alpha: Tenant) -> None:
    """The manager's role counts in Sales."""
    connection.set_tenant(inside_alpha)
    role = Role.objects.get(code="manager")
    TeamScope.objects.create(user=manager, role=role, team=sales)
    connection.set_schema_to_public()
