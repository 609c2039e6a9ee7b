"""The teams of a demonstration company."""

from datetime import UTC, datetime

import pytest

from extensions.models import Extension, RingStrategy, Team, TeamScope
from portal.accounts.models import User
from portal.accounts.services import create_user
from portal.sites.demo.telephony.teams import furnish
from tenants.models import Tenant


@pytest.mark.feature("TEAM-03")
def test_one_ring_group_for_each_way_of_ringing_and_a_manager_of_one_team(
    inside_alpha: Tenant, owner: User, desks: list[Extension]
) -> None:
    person = create_user(username="lucy", email="lucy@alpha.example", display_name="Lucy")
    Extension.objects.filter(pk=desks[2].pk).update(user=person, state="active")

    furnish(by=owner, at=datetime(2026, 11, 26, 9, tzinfo=UTC))

    assert set(Team.objects.values_list("strategy", flat=True)) == set(RingStrategy.values)
    assert all(team.memberships.exists() and team.no_answer for team in Team.objects.all())
    assert [(scope.user, scope.team.name) for scope in TeamScope.objects.all()] == [(person, "Sales")]
