"""Whoever holds permissions in one team only reaches nothing outside it, on any page (TEAM-04, ROL-08).

Pages are found in the URL map, so a new page under a permission of SCOPED is asked without anybody thinking of it.
"""

import pytest
from django.test import Client

from extensions.models import Extension, Team, TeamScope
from extensions.services.teams.edit import create_team
from portal.accounts.models import Role, User
from portal.permissions import BUILTIN_GRANTS, SCOPED, BuiltinRole, Face, Perm
from portal.sites.matrix import Door, doors
from tenants.door import inside
from tenants.models import Tenant
from tests.isolation.addresses import Objects, objects_of
from tests.isolation.people import CAST, client_of
from tests.isolation.test_access_matrix import Asking

# Pages whose address names something of the whole company: they may open, but write nothing outside. Each says why.
NOT_ABOUT_ONE = {
    "extensions:parking_slot_keys": "slots are everybody's; only extensions within reach are offered for the key",
}


@pytest.fixture
def objects(alpha: Tenant) -> Objects:
    """Things of alpha; none of them has to do with the manager's team."""
    return objects_of(alpha)


@pytest.fixture
def scoped(alpha: Tenant, manager: User, owner: User, objects: Objects) -> Client:
    """The manager, holding every permission of SCOPED, but only in a team without members."""
    with inside(alpha):
        team = create_team(name="Only mine", by=owner)
        held = BUILTIN_GRANTS[Face.TENANT][BuiltinRole.MANAGER] | SCOPED
        role = Role.objects.create(
            code="scoped", name="Scoped", permissions=[one.value for one in held], team_scoped=True
        )
        manager.roles.set([role])
        TeamScope.objects.create(user=manager, role=role, team=team)
    return client_of(next(one for one in CAST if one.name == "manager"))


def changing_doors() -> list[Door]:
    """Every page of a tenant that changes something under a permission that can count in teams only."""
    words = {permission.value for permission in SCOPED}
    found = [door for door in doors() if door.face is Face.TENANT and door.rule and door.rule.needs in words]
    return [door for door in found if "POST" in door.methods]


@pytest.mark.feature("TEAM-04", "ROL-08")
def test_no_page_opens_or_changes_what_is_outside_the_team(scoped: Client, objects: Objects) -> None:
    ask, faults, asked = Asking(), [], 0

    for door in changing_doors():
        if "<" not in door.route:
            continue
        for method in door.methods:
            answer, _body, written = ask(scoped, method, objects.address(door))
            asked += 1
            opens = answer.status_code not in (403, 404, 405) and door.name not in NOT_ABOUT_ONE
            if opens or written:
                faults.append(f"{method} {door.name} ({door.rule.needs}): {answer.status_code}, wrote {written}")

    assert faults == [], "find the object through extensions.scopes: teams_within, extensions_within, reach"
    assert asked > 10


@pytest.mark.feature("TEAM-04", "ROL-08")
def test_no_bulk_action_reaches_rows_outside_the_team(scoped: Client, alpha: Tenant, objects: Objects) -> None:
    with inside(alpha):
        picked = [*Extension.objects.values_list("pk", flat=True), *Team.objects.values_list("pk", flat=True)]
    faults = []

    for door in changing_doors():
        if "/bulk/" not in f"/{door.route}" or "<" in door.route:
            continue
        for expected in range(1, 4):
            data = {"id": picked, "expected": expected}
            written = ask_with(scoped, objects.address(door), data)
            if written:
                faults.append(f"{door.name}: wrote {written}")

    assert faults == [], "limit the rows to those that extensions.scopes lets this person reach"


@pytest.mark.feature("TEAM-04")
def test_the_list_of_exceptions_names_only_pages_that_exist() -> None:
    assert set(NOT_ABOUT_ONE) <= {door.name for door in changing_doors()}


@pytest.mark.feature("ROL-08")
def test_a_team_manager_holds_what_can_count_in_teams_and_reads_the_rest() -> None:
    changing = BUILTIN_GRANTS[Face.TENANT][BuiltinRole.MANAGER] - SCOPED
    allowed = {Perm.CALL_FLOW_UPDATE}
    everywhere = {one for one in changing if not one.value.endswith(":read") and not one.value.startswith("own:")}

    assert everywhere == allowed


def ask_with(client: Client, address: str, data: dict[str, object]) -> int:
    """How many rows a POST with `data` wrote; everything is rolled back afterwards."""

    class Sender:
        """Asking sends nothing; this sends what was picked."""

        @staticmethod
        def post(target: str) -> object:
            return client.post(target, data)

    return Asking()(Sender(), "POST", address)[2]
