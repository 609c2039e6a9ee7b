"""Team pages with many members, and deleting a team."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from extensions.forms.pickers import TeamPicker
from extensions.models import DestinationKind, Extension, Team
from extensions.services.destinations import Target
from extensions.services.teams.edit import create_team
from extensions.services.teams.members import set_members
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import reads

Browser = Callable[[User | None, Tenant], Client]


@pytest.mark.parametrize("page", ["", "members/"])
def test_as_many_queries_for_fifty_members_as_for_one(
    look: Client, alpha: Tenant, sales: Team, desks: list[Extension], owner: User, page: str
) -> None:
    with inside(alpha):
        set_members(team=sales, members=[desks[0].pk], by=owner)
    path = f"/teams/{sales.pk}/{page}"
    look.get(path)
    with CaptureQueriesContext(connection) as few:
        look.get(path)
    with inside(alpha):
        many = Extension.objects.bulk_create(
            Extension(number=str(3000 + n), directory_name=f"Desk {n}", sip_username=f"desk{n}", sip_password="x",
                      created_at=timezone.now()) for n in range(50)
        )  # fmt: skip
        set_members(team=sales, members=[desks[0].pk, *(one.pk for one in many[:49])], by=owner)

    with CaptureQueriesContext(connection) as lots:
        look.get(path)

    assert reads(lots) == reads(few) <= 8


@pytest.mark.feature("TEAM-01", "TEN-13")
def test_a_deleted_team_leaves_nothing_behind_and_another_takes_its_calls(
    look: Client, alpha: Tenant, sales: Team, desks: list[Extension], owner: User
) -> None:
    with inside(alpha):
        target = Target(DestinationKind.TEAM, sales)
        support = create_team(name="Support", number="620", no_answer=target, by=owner)
        other = create_team(name="Front desk", by=owner)
    asked = look.get(f"/teams/{sales.pk}/delete/")
    assert "Support" in asked.content.decode()
    with inside(alpha):
        form = asked.context["form"]
        replaced = {name: other.name for name in form.fields if name != "expected"}
        assert replaced
        told = {"expected": form.seen}
        for name in replaced:
            typed = isinstance(form.fields[name], TeamPicker)
            told |= {name: other.name} if typed else {f"{name}_0": "team", f"{name}_1": other.name}

    answer = look.post(f"/teams/{sales.pk}/delete/", told)

    assert answer.status_code == 302
    with inside(alpha):
        assert not Team.objects.filter(pk=sales.pk).exists()
        assert not Extension.objects.filter(home_team=sales.pk).exists()
        assert Team.objects.get(pk=support.pk).no_answer.team == other


@pytest.mark.feature("TEAM-01", "TEN-13")
def test_what_replaces_a_team_is_typed_and_never_the_team_itself(
    look: Client, alpha: Tenant, sales: Team, desks: list[Extension]
) -> None:
    path = f"/teams/{sales.pk}/delete/"
    with inside(alpha):
        Extension.objects.filter(pk=desks[0].pk).update(home_team=sales)
        Team.objects.bulk_create(Team(name=f"Crowd {n}") for n in range(60))

    asked = look.get(path).content.decode()
    refused = [look.post(path, {"extension.home_team": typed}) for typed in (str(sales), "Nobodys team")]

    assert "Crowd 59" not in asked
    assert [page.status_code for page in refused] == [422, 422]
    assert "This team is being deleted. Name another one." in refused[0].content.decode()
