"""Who is in a team and in which order, by every way that leads there (TEAM-01, TEAM-02)."""

from collections.abc import Callable

import pytest

from extensions.models import Configuration, Extension, Team, TeamMember
from extensions.services.teams.edit import create_team
from extensions.services.teams.members import (
    MemberTwice,
    NotAMember,
    NotYourTeam,
    Stranger,
    add_to_team,
    assign_teams,
    set_members,
)
from portal.accounts.models import User
from portal.audit.models import LogEntry, Verb
from portal.core.bulk import SetChanged
from portal.core.versions import ChangedMeanwhile
from tests.extensions.teams.conftest import order_of


def home_of(extension: Extension) -> Team | None:
    return Extension.objects.select_related("home_team").get(pk=extension.pk).home_team


@pytest.mark.feature("TEAM-01")
def test_the_order_of_the_list_is_the_order_in_which_they_ring(
    sales: Team, desks: list[Extension], owner: User
) -> None:
    ana, ben, cem = desks

    set_members(team=sales, members=[cem.pk, ana.pk], by=owner)

    assert order_of(sales) == ["203", "201"]
    assert list(sales.memberships.order_by("position").values_list("position", flat=True)) == [0, 1]
    assert ben.pk not in sales.memberships.values_list("extension_id", flat=True)


@pytest.mark.feature("TEAM-01")
def test_somebody_new_finds_a_place_although_a_deleted_one_left_a_gap(
    sales: Team, desks: list[Extension], owner: User
) -> None:
    TeamMember.objects.filter(team=sales, extension=desks[1]).delete()

    set_members(team=sales, members=[desks[0].pk, desks[2].pk, desks[1].pk], by=owner)

    assert order_of(sales) == ["201", "203", "202"]


@pytest.mark.feature("TEAM-01")
def test_an_order_that_names_somebody_twice_is_refused(sales: Team, desks: list[Extension], owner: User) -> None:
    with pytest.raises(MemberTwice):
        set_members(team=sales, members=[desks[0].pk, desks[1].pk, desks[0].pk], by=owner)

    assert order_of(sales) == ["201", "202", "203"]


@pytest.mark.feature("TEAM-01")
@pytest.mark.parametrize("stranger", [0, 999_999])
def test_an_order_that_names_a_stranger_is_refused(
    sales: Team, desks: list[Extension], owner: User, stranger: int
) -> None:
    with pytest.raises(Stranger):
        set_members(team=sales, members=[desks[0].pk, stranger], by=owner)

    assert order_of(sales) == ["201", "202", "203"]


@pytest.mark.feature("UXP-05")
def test_two_orders_at_once_do_not_overwrite_each_other(sales: Team, desks: list[Extension], owner: User) -> None:
    set_members(team=sales, members=[desks[0].pk], by=owner, version=sales.version)

    with pytest.raises(ChangedMeanwhile):
        set_members(team=sales, members=[desks[1].pk], by=owner, version=sales.version)


@pytest.mark.feature("TEAM-02")
def test_the_extensions_page_and_the_teams_page_show_the_same(sales: Team, desks: list[Extension], owner: User) -> None:
    support = create_team(name="Support", by=owner)

    assign_teams(extension=desks[0], teams=[support.pk], by=owner)

    assert order_of(sales) == ["202", "203"]
    assert order_of(support) == ["201"]
    assert [team.name for team in desks[0].teams.all()] == ["Support"]


@pytest.mark.feature("TEAM-01", "TEAM-02")
def test_an_extension_is_in_several_teams_and_its_first_is_its_home(
    sales: Team, desks: list[Extension], owner: User
) -> None:
    ana = desks[0]
    support = create_team(name="Support", by=owner)
    assert home_of(ana) == sales

    assign_teams(extension=ana, teams=[sales.pk, support.pk], by=owner)
    assert home_of(ana) == sales

    assign_teams(extension=ana, teams=[sales.pk, support.pk], home_team=support.pk, by=owner)
    assert home_of(ana) == support

    set_members(team=support, members=[], by=owner)
    assert home_of(ana) == sales
    assign_teams(extension=ana, teams=[], by=owner)
    assert home_of(ana) is None


@pytest.mark.feature("TEAM-02")
def test_the_home_team_is_one_of_its_teams(sales: Team, desks: list[Extension], owner: User) -> None:
    support = create_team(name="Support", by=owner)

    with pytest.raises(NotAMember):
        assign_teams(extension=desks[0], teams=[sales.pk], home_team=support.pk, by=owner)


@pytest.mark.feature("TEAM-04")
def test_a_manager_changes_memberships_of_the_own_teams_only(
    sales: Team, desks: list[Extension], owner: User, manager: User
) -> None:
    ana = desks[0]
    support = create_team(name="Support", by=owner)

    assign_teams(extension=ana, teams=[support.pk], within=[support.pk], by=manager)
    assert {team.name for team in ana.teams.all()} == {"Sales", "Support"}

    with pytest.raises(NotYourTeam):
        assign_teams(extension=desks[1], teams=[support.pk], within=[sales.pk], by=manager)
    with pytest.raises(NotYourTeam):
        assign_teams(extension=ana, teams=[support.pk], home_team=support.pk, within=[support.pk], by=manager)


@pytest.mark.feature("TEAM-02", "EXT-03")
def test_many_join_a_team_at_once_and_nobody_twice(
    sales: Team, desks: list[Extension], owner: User, create: Callable[..., Extension]
) -> None:
    create("204")
    rows = Extension.objects.filter(number__in=["203", "204", "101"])

    with pytest.raises(SetChanged):
        add_to_team(rows=rows, team=sales, expected=3, by=owner)
    assert add_to_team(rows=rows, team=sales, expected=2, by=owner) == 2

    assert order_of(sales) == ["201", "202", "203", "101", "204"]


@pytest.mark.feature("TEAM-01", "AUD-01")
def test_every_membership_leaves_a_trace_and_raises_the_configuration_once(
    sales: Team, desks: list[Extension], owner: User
) -> None:
    before = Configuration.objects.get().version

    set_members(team=sales, members=[desks[2].pk, desks[0].pk], by=owner)

    told = LogEntry.objects.filter(model="extensions.teammember").order_by("-pk")
    assert sorted(told.values_list("verb", "object_repr")[:3]) == [
        (Verb.DELETE, "202 Ben · Sales"), (Verb.PUT, "201 Ana · Sales"), (Verb.PUT, "203 Cem · Sales"),
    ]  # fmt: skip
    assert Configuration.objects.get().version == before + 1


@pytest.mark.feature("TEAM-01")
def test_the_same_order_again_changes_nothing(sales: Team, desks: list[Extension], owner: User) -> None:
    before = Configuration.objects.get().version

    set_members(team=sales, members=[desk.pk for desk in desks], by=owner)

    assert Configuration.objects.get().version == before
