"""Many extensions get a home team at once: members only (EXT-03, TEAM-02)."""

import pytest

from extensions.models import Extension, Team, TeamMember
from extensions.services.bulk import assign_home_team
from portal.accounts.models import User
from portal.audit.models import LogEntry
from portal.core.bulk import SetChanged
from tenants.models import Tenant
from tests.extensions.conftest import NOON


@pytest.fixture
def team(inside_alpha: Tenant) -> Team:
    """Sales, with extension 101 and without 102."""
    Extension.objects.create(number="102", directory_name="Outside", sip_username="outside", created_at=NOON)
    found = Team.objects.create(name="Sales")
    TeamMember.objects.create(team=found, extension=Extension.objects.get(number="101"), position=0)
    return found


@pytest.mark.feature("EXT-03", "TEAM-02")
def test_members_get_the_team_as_their_home_and_others_are_left_alone(team: Team, owner: User) -> None:
    changed = assign_home_team(rows=Extension.objects.all(), team=team, expected=1, by=owner)

    assert changed == 1
    assert dict(Extension.objects.values_list("number", "home_team")) == {"101": team.pk, "102": None}
    assert LogEntry.objects.filter(changes__home_team=[None, team.pk]).count() == 1


def test_the_company_takes_everybody_home(team: Team, owner: User) -> None:
    Extension.objects.filter(number="101").update(home_team=team)

    assert assign_home_team(rows=Extension.objects.all(), team=None, expected=1, by=owner) == 1
    assert not Extension.objects.exclude(home_team=None).exists()


def test_another_number_than_was_shown_is_refused(team: Team, owner: User) -> None:
    with pytest.raises(SetChanged):
        assign_home_team(rows=Extension.objects.all(), team=team, expected=2, by=owner)
