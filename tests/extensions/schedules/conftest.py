"""Schedules in alpha and browsers of its people."""

from collections.abc import Callable

import pytest
from django.test import Client

from extensions.models import Extension, HolidayCalendar, Schedule, Team
from extensions.services.schedules.edit import create_schedule
from extensions.services.schedules.week import PRESETS, Preset
from portal.accounts.models import Role, User
from tenants.models import Tenant


@pytest.fixture
def office(inside_alpha: Tenant, owner: User) -> Schedule:
    """Monday to Friday 09:00 to 17:00 with a break."""
    return create_schedule(name="Office", time_zone=None, week=PRESETS[Preset.OFFICE], by=owner)


@pytest.fixture
def days(inside_alpha: Tenant) -> HolidayCalendar:
    """A holiday calendar without holidays."""
    return HolidayCalendar.objects.create(name="Ours")


@pytest.fixture
def owner_browser(alpha: Tenant, owner: User, browser_of: Callable[..., Client]) -> Client:
    return browser_of(owner, alpha)


@pytest.fixture
def manager_browser(alpha: Tenant, manager: User, browser_of: Callable[..., Client]) -> Client:
    return browser_of(manager, alpha)


@pytest.fixture
def sales(inside_alpha: Tenant, manager: User) -> Team:
    """A team that the manager manages, with extension 101 in it."""
    team = Team.objects.create(name="Sales")
    team.memberships.create(extension=Extension.objects.get(number="101"), position=0)
    role = Role.objects.get(users=manager)
    manager.team_scopes.create(role=role, team=team)
    return team
