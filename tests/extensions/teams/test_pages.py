"""The pages about teams: wiring, refusals, who may, and how many queries (TEAM-01 to TEAM-05, ROL-08)."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from extensions.models import AgentStatus, Extension, Phone, Presence, Team, TeamScope
from extensions.services.suspend import suspend_extension
from extensions.services.teams.edit import create_team
from portal.accounts.models import Role, User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.teams.conftest import order_of

FACTS = {"name": "Night desk", "number": "610", "strategy": "linear", "ring_seconds": "25"}
Browser = Callable[[User | None, Tenant], Client]


@pytest.mark.feature("TEAM-01", "TEAM-03")
def test_a_team_is_created_on_its_page_and_its_members_come_next(look: Client, alpha: Tenant) -> None:
    answer = look.post("/teams/new/", FACTS)

    with inside(alpha):
        team = Team.objects.get(name="Night desk")
    assert (answer.status_code, answer["Location"]) == (302, f"/teams/{team.pk}/members/")


@pytest.mark.feature("TEAM-03")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ring_seconds", "7"), ("ring_seconds", "9" * 30), ("number", "12"), ("number", "600"), ("name", "sales"),
        ("name", "x" * 61), ("strategy", "loudest"), ("number", "1\x002"),
    ],
)  # fmt: skip
def test_what_is_not_wanted_gets_a_sentence_beside_its_field(look: Client, field: str, value: str) -> None:
    answer = look.post("/teams/new/", FACTS | {field: value})

    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert answer.context["form"].data["name"] == (FACTS | {field: value})["name"]


@pytest.mark.feature("TEAM-01", "UXP-05")
def test_two_people_who_edit_the_same_team_see_both_versions(look: Client, sales: Team) -> None:
    path = f"/teams/{sales.pk}/edit/"
    shown = look.get(path)
    assert b'name="version"' in shown.content
    look.post(path, FACTS | {"version": shown.context["form"]["version"].value()})

    answer = look.post(path, FACTS | {"name": "Mine", "version": shown.context["form"]["version"].value()})

    assert answer.status_code == 409
    assert [one.after for one in answer.context["disputed"]] == ["Mine"]


@pytest.mark.feature("TEAM-02")
def test_the_picker_works_by_buttons_alone_and_saves_at_the_end(
    look: Client, sales: Team, desks: list[Extension], alpha: Tenant
) -> None:
    ana, ben, cem = (desk.pk for desk in desks)
    path = f"/teams/{sales.pk}/members/"
    version = look.get(path).context["form"]["version"].value()
    with inside(alpha):
        front = Extension.objects.get(number="101").pk
    carried = {"member": [ana, ben, cem], "version": version}

    def then(**button: object) -> list[int]:
        answer = look.post(path, carried | button)
        assert answer.status_code == 200
        carried["member"] = [member.extension.pk for member in answer.context["members"]]
        return carried["member"]

    assert then(do="add", add=[front]) == [ana, ben, cem, front]
    assert then(up=front) == [ana, ben, front, cem]
    assert then(down=ana) == [ben, ana, front, cem]
    assert then(do="remove", take=[cem]) == [ben, ana, front]
    with inside(alpha):
        assert order_of(sales) == ["201", "202", "203"]

    answer = look.post(path, carried | {"do": "save"})

    assert answer.status_code == 302
    with inside(alpha):
        assert order_of(sales) == ["202", "201", "101"]


@pytest.mark.feature("TEAM-02")
def test_saving_takes_along_who_is_still_ticked(
    look: Client, sales: Team, desks: list[Extension], alpha: Tenant
) -> None:
    ana, ben, cem = (one.pk for one in desks)
    with inside(alpha):
        front = Extension.objects.get(number="101").pk
    carried = {"member": [ana, ben, cem], "version": sales.version}

    answer = look.post(f"/teams/{sales.pk}/members/", carried | {"add": [front], "take": [ben], "do": "save"})

    assert answer.status_code == 302
    with inside(alpha):
        assert order_of(sales) == ["201", "203", "101"]


@pytest.mark.feature("TEAM-02")
def test_the_search_of_the_picker_keeps_what_was_chosen(look: Client, sales: Team, desks: list[Extension]) -> None:
    path = f"/teams/{sales.pk}/members/"

    answer = look.post(path, {"member": [desks[0].pk], "version": sales.version, "do": "search", "q": "ben"})

    assert [one.extension.number for one in answer.context["others"]] == ["202"]
    assert [one.extension.number for one in answer.context["members"]] == ["201"]


@pytest.mark.feature("TEAM-01")
@pytest.mark.parametrize("wrong", ["twice", "999999", "-1", "one", "9" * 40])
def test_an_order_with_somebody_twice_or_a_stranger_is_refused(
    look: Client, sales: Team, desks: list[Extension], alpha: Tenant, wrong: str
) -> None:
    ana = desks[0].pk
    order = [ana, ana if wrong == "twice" else wrong]

    answer = look.post(f"/teams/{sales.pk}/members/", {"member": order, "version": sales.version, "do": "save"})

    assert answer.status_code == 422
    assert answer.context["form"].errors["member"]
    with inside(alpha):
        assert order_of(sales) == ["201", "202", "203"]


@pytest.mark.feature("UXP-05")
def test_two_people_who_order_the_same_team_see_both_orders(look: Client, sales: Team, desks: list[Extension]) -> None:
    path, ana, ben = f"/teams/{sales.pk}/members/", desks[0].pk, desks[1].pk
    look.post(path, {"member": [ben], "version": sales.version, "do": "save"})

    answer = look.post(path, {"member": [ana], "version": sales.version, "do": "save"})

    assert answer.status_code == 409
    assert [(one.before, one.after) for one in answer.context["disputed"]] == [("202 Ben", "201 Ana")]


@pytest.mark.feature("TEAM-02")
def test_teams_are_chosen_on_the_extensions_page_as_well(
    look: Client, sales: Team, desks: list[Extension], owner: User, alpha: Tenant
) -> None:
    with inside(alpha):
        support = create_team(name="Support", by=owner)
    path = "/extensions/201/teams/"

    assert look.post(path, {"teams": [sales.pk, support.pk], "home_team": "support"}).status_code == 302

    shown = look.get(path)
    assert shown.context["form"].initial["teams"] == [sales.pk, support.pk]
    assert shown.context["form"].initial["home_team"] == support
    assert look.get(f"/teams/{support.pk}/").context["members"][0].extension.number == "201"
    refused = look.post(path, {"teams": [sales.pk], "home_team": "Support"})
    assert refused.status_code == 422
    assert refused.context["form"].errors["home_team"]


@pytest.mark.feature("TEAM-05", "EXT-13")
def test_member_rows_show_status_and_warn_of_who_cannot_be_reached(
    look: Client, sales: Team, desks: list[Extension], owner: User, alpha: Tenant
) -> None:
    ana, ben, _cem = desks
    with inside(alpha):
        suspend_extension(extension=ana, by=owner)
        Phone.objects.create(mac="0004f2000001", model="any", extension=ben, created_at=timezone.now())
        away = AgentStatus.objects.get(kind="dnd")
        Presence.objects.create(extension=ben, status=away, source="user", since=timezone.now())

    shown = look.get(f"/teams/{sales.pk}/")

    rows = {row.extension.number: row for row in shown.context["members"]}
    assert [str(chip.label) for chip in rows["201"].warnings] == ["Suspended", "No telephone"]
    assert rows["202"].warnings == []
    assert rows["202"].status == away
    assert [str(chip.label) for chip in rows["203"].warnings] == ["No telephone"]
    picture = shown.context["picture"]
    assert picture.silent == ["201 Ana", "202 Ben"]
    assert [(line.name, line.starts, line.ends) for line in picture.lines] == [("203 Cem", 0, 20)]


@pytest.mark.feature("TEAM-02", "EXT-03")
def test_many_extensions_of_the_list_join_a_team(look: Client, sales: Team, alpha: Tenant) -> None:
    with inside(alpha):
        front = Extension.objects.get(number="101")
    picked = {"all": "on", "filter": ""}

    first = look.post("/extensions/bulk/team/", picked)
    assert first.context["teams"]
    unknown = look.post("/extensions/bulk/team/", picked | {"team": "Salse"})
    assert (unknown.status_code, unknown.context["choice"].errors["team"]) == (422, ["There is no team “Salse”."])
    empty = look.post("/extensions/bulk/team/", picked | {"team": ""})
    assert empty.context["choice"].errors["team"] == ["Say which team."]
    second = look.post("/extensions/bulk/team/", picked | {"team": "sales"})
    assert (second.context["plan"].changing, second.context["plan"].skipped) == (1, 3)
    assert f'name="team" value="{sales}"'.encode() in second.content
    third = look.post("/extensions/bulk/team/", picked | {"team": str(sales), "expected": 1})

    assert third.status_code == 302
    with inside(alpha):
        assert order_of(sales)[-1] == front.number


@pytest.mark.feature("TEAM-04", "ROL-08")
def test_a_manager_changes_members_and_hours_of_the_own_team_and_nothing_else(
    look: Client, browser_of: Browser, manager: User, alpha: Tenant, sales: Team, desks: list[Extension], manage: None,
    owner: User,
) -> None:  # fmt: skip
    with inside(alpha):
        support = create_team(name="Support", by=owner)
    mine = browser_of(manager, alpha)
    order = {"member": [desks[1].pk], "do": "save"}

    assert mine.post(f"/teams/{sales.pk}/members/", order | {"version": sales.version}).status_code == 302
    assert mine.get(f"/teams/{sales.pk}/schedule/").status_code == 200
    assert mine.get(f"/teams/{sales.pk}/edit/").status_code == 404
    assert mine.get(f"/teams/{sales.pk}/voicemail/").status_code == 403
    assert mine.post(f"/teams/{support.pk}/members/", order).status_code == 404
    assert mine.get(f"/teams/{support.pk}/schedule/").status_code == 404
    assert mine.get(f"/teams/{support.pk}/").status_code == 200
    assert b"Change members" not in mine.get(f"/teams/{support.pk}/").content
    assert mine.post("/teams/new/", FACTS).status_code == 403
    assert mine.get("/extensions/203/teams/").status_code == 404


@pytest.mark.feature("TEAM-01")
def test_end_users_see_no_teams(browser_of: Browser, agent: User, alpha: Tenant, look: Client) -> None:
    assert browser_of(agent, alpha).get("/teams/").status_code == 403


@pytest.mark.feature("ROL-08")
def test_the_teams_of_a_role_are_chosen_on_the_persons_page(
    look: Client, manager: User, agent: User, alpha: Tenant, sales: Team
) -> None:
    with inside(alpha):
        role = Role.objects.get(code="manager")
    path = f"/users/{manager.pk}/teams/"

    assert look.get(path).status_code == 200
    assert look.post(path, {f"role_{role.pk}": [sales.pk]}).status_code == 302

    with inside(alpha):
        assert [scope.team for scope in TeamScope.objects.filter(user=manager, role=role)] == [sales]
    assert "Sales" in look.get(f"/users/{manager.pk}/").content.decode()
    assert look.post(path, {}).status_code == 302
    with inside(alpha):
        assert not TeamScope.objects.filter(user=manager).exists()
    assert "No role of this person needs teams" in look.get(f"/users/{agent.pk}/teams/").content.decode()
