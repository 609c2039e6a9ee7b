"""Creating and changing teams and ring groups (TEAM-01, TEAM-03)."""

import pytest

from extensions.models import Destination, DestinationKind, DialNumber, RingStrategy, Team
from extensions.services.destinations import Target
from extensions.services.numbers import EmergencyNumber, NumberTaken
from extensions.services.shapes import NotAnExtensionNumber
from extensions.services.teams.edit import NameTaken, NotARingTime, RingsItself, create_team, edit_team
from portal.accounts.models import User
from portal.audit.models import LogEntry
from portal.core.errors import ManagementInstance
from portal.core.versions import ChangedMeanwhile
from tenants.models import Tenant

FACTS = {
    "name": "Sales", "description": "", "number": "600", "strategy": "linear", "ring_seconds": 25, "no_answer": None,
}  # fmt: skip


@pytest.mark.feature("TEAM-01", "TEAM-03")
@pytest.mark.parametrize("strategy", RingStrategy.values)
def test_a_team_is_a_ring_group_with_number_strategy_and_time(inside_alpha: Tenant, owner: User, strategy: str) -> None:
    team = create_team(name="Sales", number="600", strategy=strategy, ring_seconds=300, by=owner)

    team.refresh_from_db()
    assert (team.number, team.strategy, team.ring_seconds) == ("600", strategy, 300)
    assert DialNumber.objects.get(number="600").kind == "team"


@pytest.mark.feature("TEAM-01")
def test_a_team_without_number_only_groups_people(inside_alpha: Tenant, owner: User) -> None:
    team = create_team(name="Night shift", by=owner)

    assert not DialNumber.objects.filter(kind="team", owner_id=team.pk).exists()


@pytest.mark.feature("TEAM-01")
def test_names_are_unique_in_any_letter_case(inside_alpha: Tenant, owner: User) -> None:
    create_team(name="Sales", by=owner)

    with pytest.raises(NameTaken) as refused:
        create_team(name="SALES", by=owner)

    assert refused.value.field == "name"


@pytest.mark.feature("TEAM-03")
@pytest.mark.parametrize("seconds", [7, 4, 0, -5, 305, 301])
def test_seconds_go_from_5_to_300_in_steps_of_5(inside_alpha: Tenant, owner: User, seconds: int) -> None:
    with pytest.raises(NotARingTime) as refused:
        create_team(name="Sales", ring_seconds=seconds, by=owner)

    assert refused.value.field == "ring_seconds"


@pytest.mark.feature("TEAM-03")
@pytest.mark.parametrize(
    ("number", "refusal"),
    [("101", NumberTaken), ("112", EmergencyNumber), ("12", NotAnExtensionNumber), ("123456", NotAnExtensionNumber)],
)
def test_the_number_is_checked_like_every_other(
    inside_alpha: Tenant, owner: User, number: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        create_team(name="Sales", number=number, by=owner)


@pytest.mark.feature("TEAM-03")
def test_unanswered_calls_go_somewhere_else_and_never_back_to_the_team(sales: Team, owner: User) -> None:
    other = create_team(name="Support", by=owner)

    changed = edit_team(team=sales, **{**FACTS, "no_answer": Target(DestinationKind.TEAM, other)}, by=owner)

    assert changed.no_answer.team == other
    with pytest.raises(RingsItself):
        edit_team(team=changed, **{**FACTS, "no_answer": Target(DestinationKind.TEAM, sales)}, by=owner)
    edit_team(team=changed, **FACTS, by=owner)
    assert not Destination.objects.filter(team=other).exists()


@pytest.mark.feature("TEAM-01")
def test_a_renamed_team_keeps_its_members_and_its_number(sales: Team, owner: User) -> None:
    edit_team(team=sales, **{**FACTS, "name": "Inside sales"}, by=owner)

    team = Team.objects.get(pk=sales.pk)
    assert (team.name, team.memberships.count()) == ("Inside sales", 3)
    told = LogEntry.objects.filter(model="extensions.team", object_pk=str(team.pk)).order_by("-pk").first()
    assert told.changes["name"] == ["Sales", "Inside sales"]


@pytest.mark.feature("UXP-05")
def test_a_save_over_a_newer_one_is_refused(sales: Team, owner: User) -> None:
    edit_team(team=sales, **FACTS, by=owner, version=sales.version)

    with pytest.raises(ChangedMeanwhile):
        edit_team(team=sales, **FACTS, by=owner, version=sales.version)


@pytest.mark.feature("PLT-02")
def test_the_management_instance_has_no_teams(olivia: User) -> None:
    with pytest.raises(ManagementInstance):
        create_team(name="Sales", by=olivia)
