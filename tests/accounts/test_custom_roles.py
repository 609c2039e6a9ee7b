"""Roles that people make themselves, as a matrix (ROL-06, ROL-08, ROL-09)."""

from collections.abc import Callable

import pytest
from django.test import Client

from portal.accounts.models import Role, User
from portal.accounts.role_matrix import AREAS, area_of
from portal.accounts.services import NotHeld, assign_roles, create_user, grantable_roles
from portal.accounts.services.custom_roles import (
    BuiltInRole,
    HoldersNeedARole,
    RoleNameTaken,
    create_role,
    delete_role,
    edit_role,
    offered_permissions,
)
from portal.audit.models import LogEntry
from portal.core.versions import ChangedMeanwhile
from portal.permissions import BuiltinRole, Perm
from tenants.door import inside
from tenants.models import Tenant

Browser = Callable[[User | None, Tenant], Client]
READERS = [Perm.EXTENSION_READ, Perm.TEAM_READ]


def role(code: BuiltinRole) -> Role:
    return Role.objects.get(code=code.value)


def admin_with(*permissions: Perm, team_scoped: bool = False) -> User:
    """Somebody whose only role holds these permissions."""
    made = Role.objects.create(
        code="some-role", name="Some role", permissions=[one.value for one in permissions], team_scoped=team_scoped
    )
    user = create_user(username="some", email="some@alpha.example", display_name="Some")
    user.roles.set([made])
    user.forget_grants()
    return user


@pytest.mark.feature("ROL-06")
def test_a_role_holds_what_was_ticked_and_always_the_own_sign_in(inside_alpha: Tenant, owner: User) -> None:
    made = create_role(name="Night desk", permissions=READERS, team_scoped=False, by=owner)

    assert made.grants == {*READERS, Perm.OWN_USE}
    assert (made.code, made.builtin) == ("night-desk", False)


@pytest.mark.feature("ROL-06")
def test_several_roles_add_up(inside_alpha: Tenant, owner: User, agent: User) -> None:
    made = create_role(name="Auditor", permissions=[Perm.AUDIT_READ], team_scoped=False, by=owner)

    assign_roles(user=agent, roles=[made, role(BuiltinRole.END_USER)], by=owner)

    assert agent.may(Perm.AUDIT_READ)
    assert agent.may(Perm.OWN_PRESENCE)


@pytest.mark.feature("ROL-06")
def test_permissions_of_the_platform_and_ownership_are_not_offered(inside_alpha: Tenant, owner: User) -> None:
    assert not {Perm.TENANT_READ, Perm.OWNER_TRANSFER} & set(offered_permissions())

    made = create_role(name="Sneaky", permissions=[Perm.OWNER_TRANSFER, Perm.TENANT_READ], team_scoped=False, by=owner)

    assert made.grants == {Perm.OWN_USE}


@pytest.mark.feature("ROL-06")
@pytest.mark.parametrize("name", ["night desk", "Owner", "TEAM MANAGER"])
def test_a_name_is_taken_in_any_letter_case(inside_alpha: Tenant, owner: User, name: str) -> None:
    create_role(name="Night desk", permissions=[], team_scoped=False, by=owner)

    with pytest.raises(RoleNameTaken):
        create_role(name=name, permissions=[], team_scoped=False, by=owner)


@pytest.mark.feature("ROL-05", "ROL-06")
def test_built_in_roles_stay(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    with inside(alpha):
        manager = role(BuiltinRole.MANAGER)
        with pytest.raises(BuiltInRole):
            edit_role(role=manager, name="X", permissions=[], team_scoped=False, by=owner)
        with pytest.raises(BuiltInRole):
            delete_role(role=manager, replacement=None, by=owner)
    browser = browser_of(owner, alpha)
    assert browser.get(f"/roles/{manager.pk}/").status_code == 200
    assert browser.get(f"/roles/{manager.pk}/edit/").status_code == 404
    assert browser.post(f"/roles/{manager.pk}/delete/").status_code == 404


@pytest.mark.feature("ROL-09")
def test_nobody_puts_into_a_role_what_they_do_not_hold(inside_alpha: Tenant, owner: User) -> None:
    some = admin_with(Perm.OWN_USE, Perm.ROLE_CREATE, Perm.ROLE_UPDATE, Perm.EXTENSION_READ)
    made = create_role(name="Desk", permissions=[*READERS, Perm.AUDIT_READ], team_scoped=False, by=owner)

    with pytest.raises(NotHeld) as refused:
        create_role(name="Mine", permissions=[Perm.AUDIT_READ], team_scoped=False, by=some)
    assert refused.value.field == "permissions"
    with pytest.raises(NotHeld):
        edit_role(role=made, name="Desk", permissions=[Perm.EXTENSION_DELETE], team_scoped=False, by=some)
    changed = edit_role(role=made, name="Desk", permissions=[], team_scoped=False, by=some)

    assert changed.grants == {Perm.OWN_USE, Perm.TEAM_READ, Perm.AUDIT_READ}


@pytest.mark.feature("ROL-08", "ROL-09")
def test_who_holds_something_in_teams_only_gives_it_in_teams_only(inside_alpha: Tenant, owner: User) -> None:
    some = admin_with(Perm.OWN_USE, Perm.ROLE_CREATE, Perm.ROLE_UPDATE, Perm.TEAM_UPDATE, team_scoped=True)

    made = create_role(name="Helper", permissions=[Perm.TEAM_UPDATE], team_scoped=True, by=some)
    with pytest.raises(NotHeld):
        create_role(name="Everywhere", permissions=[Perm.TEAM_UPDATE], team_scoped=False, by=some)
    with pytest.raises(NotHeld):
        edit_role(role=made, name="Helper", permissions=[Perm.TEAM_UPDATE], team_scoped=False, by=some)
    wide = create_role(name="Wide", permissions=[Perm.TEAM_UPDATE], team_scoped=False, by=owner)

    assert wide not in grantable_roles(by=some)
    assert made in grantable_roles(by=some)


@pytest.mark.feature("ROL-06")
def test_a_deleted_role_is_replaced_at_everybody_who_had_it(inside_alpha: Tenant, owner: User, agent: User) -> None:
    made = create_role(name="Desk", permissions=READERS, team_scoped=False, by=owner)
    assign_roles(user=agent, roles=[made], by=owner)

    with pytest.raises(HoldersNeedARole):
        delete_role(role=made, replacement=None, by=owner)
    delete_role(role=made, replacement=role(BuiltinRole.END_USER), by=owner)

    assert [one.code for one in agent.roles.all()] == ["end_user"]
    assert not Role.objects.filter(pk=made.pk).exists()
    told = LogEntry.objects.filter(table="Role", message="Deleted").get()
    assert told.changes == {"name": [None, "Desk"]}


@pytest.mark.feature("ROL-06")
def test_roles_of_the_platform_are_made_and_deleted_too(olivia: User) -> None:
    made = create_role(name="Approver", permissions=[Perm.REQUEST_DECIDE], team_scoped=False, by=olivia)
    assert made.grants == {Perm.REQUEST_DECIDE, Perm.OWN_USE}

    delete_role(role=made, replacement=None, by=olivia)

    assert not Role.objects.filter(pk=made.pk).exists()


@pytest.mark.feature("UXP-05")
def test_a_save_over_a_newer_one_is_refused(inside_alpha: Tenant, owner: User) -> None:
    made = create_role(name="Desk", permissions=READERS, team_scoped=False, by=owner)
    edit_role(role=made, name="Desk 2", permissions=READERS, team_scoped=False, by=owner, version=made.version)

    with pytest.raises(ChangedMeanwhile):
        edit_role(role=made, name="Desk 3", permissions=READERS, team_scoped=False, by=owner, version=made.version)


@pytest.mark.feature("ROL-06")
def test_a_role_is_made_copied_changed_and_deleted_on_its_pages(
    browser_of: Browser, alpha: Tenant, owner: User, agent: User
) -> None:
    browser = browser_of(owner, alpha)
    with inside(alpha):
        manager = role(BuiltinRole.MANAGER)
    copied = browser.get(f"/roles/new/?from={manager.pk}").context["form"].initial
    assert copied["name"] == "Copy of Team manager"
    assert set(copied["permissions"]) == {one.value for one in manager.grants}

    made = browser.post("/roles/new/", {"name": "Desk", "permissions": ["extension:read", "audit:read"]})
    pk = int(made["Location"].rstrip("/").rsplit("/", 1)[1])
    browser.post(f"/users/{agent.pk}/roles/", {"roles": [pk]})
    shown = browser.get(f"/roles/{pk}/")
    assert [str(person) for person in shown.context["holders"]] == ["Agent"]
    version = browser.get(f"/roles/{pk}/edit/").context["form"]["version"].value()
    told = {"name": "Desk", "permissions": ["extension:read"], "version": version}
    assert browser.post(f"/roles/{pk}/edit/", told).status_code == 302
    conflict = browser.post(f"/roles/{pk}/edit/", told | {"name": "Other"})
    assert conflict.status_code == 409
    assert browser.get(f"/roles/{pk}/delete/").context["holders"] == 1
    assert browser.post(f"/roles/{pk}/delete/", {}).status_code == 422
    with inside(alpha):
        lowest = role(BuiltinRole.END_USER).pk
    assert browser.post(f"/roles/{pk}/delete/", {"replacement": lowest}).status_code == 302
    with inside(alpha):
        assert [one.code for one in agent.roles.all()] == ["end_user"]


@pytest.mark.feature("ROL-06")
@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("name", "x" * 81), ("name", "Owner"), ("permissions", ["no:such"])]
)
def test_wrong_facts_get_a_sentence_and_keep_what_was_ticked(
    browser_of: Browser, alpha: Tenant, owner: User, field: str, value: object
) -> None:
    told = {"name": "Desk", "permissions": ["extension:read"]} | {field: value}

    answer = browser_of(owner, alpha).post("/roles/new/", told)

    assert answer.status_code == 422
    assert answer.context["form"].errors[field]


@pytest.mark.feature("ROL-09")
def test_boxes_that_somebody_does_not_hold_are_locked_and_refused(browser_of: Browser, alpha: Tenant) -> None:
    with inside(alpha):
        some = admin_with(Perm.OWN_USE, Perm.USER_READ, Perm.ROLE_CREATE, Perm.EXTENSION_READ)
    browser = browser_of(some, alpha)

    lines = browser.get("/roles/new/").context["form"].lines()
    boxes = {box.value: box.locked for line in lines for box in [*line.boxes, *line.others] if box}
    assert boxes["extension:read"] is False
    assert boxes["extension:delete"] is True

    answer = browser.post("/roles/new/", {"name": "Mine", "permissions": ["extension:delete"]})
    assert answer.status_code == 422
    assert answer.context["form"].errors["permissions"]


@pytest.mark.feature("ROL-06")
def test_a_user_is_created_with_a_custom_role(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    with inside(alpha):
        create_role(name="Desk", permissions=READERS, team_scoped=False, by=owner)
    told = {"display_name": "Nora", "email": "nora@alpha.example", "personnel_id": "", "role": "desk"}

    assert browser_of(owner, alpha).post("/users/new/", told).status_code == 302

    with inside(alpha):
        assert [one.code for one in User.objects.get(email="nora@alpha.example").roles.all()] == ["desk"]


@pytest.mark.feature("ROL-06")
def test_every_area_of_permissions_has_a_name() -> None:
    assert {area_of(one) for one in Perm} <= set(AREAS)
