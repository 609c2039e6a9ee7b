"""Giving and taking roles, and the people who must not lose them (ROL-01, ROL-03, ROL-09)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client

from portal.accounts.models import Role, User
from portal.accounts.seeding import seed_roles
from portal.accounts.services import (
    LastOwner,
    NoRole,
    NotHeld,
    OneOwner,
    OwnSignIn,
    assign_roles,
    change_user,
    create_user,
    deactivate_user,
    grantable_roles,
)
from portal.core.errors import Refusals
from portal.permissions import BUILTIN_GRANTS, BuiltinRole, Face, Perm
from tenants.door import inside
from tenants.models import Tenant

Browser = Callable[[User | None, Tenant], Client]


def role(code: BuiltinRole) -> Role:
    return Role.objects.get(code=code.value)


def somebody(code: BuiltinRole, name: str = "extra") -> User:
    return create_user(username=name, email=f"{name}@alpha.example", display_name=name, role=code)


@pytest.mark.feature("ROL-05")
def test_every_face_has_its_built_in_roles_with_their_permissions(management: Tenant, alpha: Tenant) -> None:
    for tenant, face in ((management, Face.MANAGEMENT), (alpha, Face.TENANT)):
        with inside(tenant):
            stored = {found.code: found.grants for found in Role.objects.builtin()}
        assert stored == {code.value: grants for code, grants in BUILTIN_GRANTS[face].items()}


@pytest.mark.feature("ROL-05")
def test_seeding_again_repairs_and_adds_nothing(inside_alpha: Tenant) -> None:
    Role.objects.filter(code="manager").update(permissions=[])
    before = Role.objects.count()

    seed_roles(Face.TENANT)

    assert Role.objects.count() == before
    assert role(BuiltinRole.MANAGER).grants == BUILTIN_GRANTS[Face.TENANT][BuiltinRole.MANAGER]


@pytest.mark.feature("ROL-05")
def test_the_matrix_says_for_each_role_what_it_may_do(browser_of: Browser, owner: User, alpha: Tenant) -> None:
    shown = browser_of(owner, alpha).get("/roles/")

    assert [found.label for found in shown.context["roles"]] == ["Owner", "Administrator", "Team manager", "End user"]
    lines = {line["label"]: line["held"] for area in shown.context["areas"] for line in area["permissions"]}
    assert lines[Perm.EXTENSION_READ.label] == [True, True, True, False]
    assert Perm.TENANT_SUSPEND.label not in lines


@pytest.mark.feature("ROL-03")
def test_a_new_user_gets_the_lowest_role(inside_alpha: Tenant, owner: User) -> None:
    user = create_user(username="new", email="new@alpha.example", display_name="New", by=owner)

    assert [found.code for found in user.roles.all()] == ["end_user"]


@pytest.mark.feature("ROL-03")
def test_the_form_proposes_the_lowest_role(browser_of: Browser, owner: User, alpha: Tenant) -> None:
    assert browser_of(owner, alpha).get("/users/new/").context["form"].initial["role"] == "end_user"


@pytest.mark.feature("ROL-01")
def test_roles_are_assigned_changed_and_removed_on_the_page(
    browser_of: Browser, owner: User, agent: User, alpha: Tenant
) -> None:
    browser, path = browser_of(owner, alpha), f"/users/{agent.pk}/roles/"
    with inside(alpha):
        manager, end_user = role(BuiltinRole.MANAGER), role(BuiltinRole.END_USER)
    for wanted in ([manager.pk, end_user.pk], [manager.pk], [end_user.pk]):
        assert browser.post(path, {"roles": wanted}).status_code == 302
        with inside(alpha):
            assert sorted(agent.roles.values_list("pk", flat=True)) == sorted(wanted)


@pytest.mark.feature("ROL-01")
def test_new_rights_hold_from_the_next_sign_in_and_old_sessions_end(
    browser_of: Browser, agent: User, alpha: Tenant
) -> None:
    browser = browser_of(agent, alpha)
    with inside(alpha):
        assign_roles(user=agent, roles=[role(BuiltinRole.MANAGER)])

    assert browser.get("/me/preferences/").status_code == 302
    assert browser_of(User.objects.none().first() or agent, alpha).get("/extensions/").status_code == 200


@pytest.mark.feature("ROL-09")
def test_nobody_grants_what_they_do_not_hold(inside_alpha: Tenant, manager: User, agent: User) -> None:
    with pytest.raises(NotHeld):
        assign_roles(user=agent, roles=[role(BuiltinRole.ADMIN)], by=manager)
    with pytest.raises(NotHeld):
        create_user(username="x", email="", display_name="X", role=BuiltinRole.ADMIN, by=manager)
    assert {found.code for found in grantable_roles(by=manager)} == {"manager", "end_user"}


@pytest.mark.feature("ROL-09")
def test_nobody_takes_what_they_do_not_hold_or_touches_who_holds_more(
    inside_alpha: Tenant, manager: User, owner: User
) -> None:
    with pytest.raises(NotHeld):
        assign_roles(user=owner, roles=[role(BuiltinRole.END_USER)], by=manager)
    with pytest.raises(NotHeld):
        deactivate_user(user=owner, by=manager)
    with pytest.raises(NotHeld):
        change_user(user=owner, display_name="Mine", email="manager@alpha.example", by=manager)


@pytest.mark.feature("ROL-09")
def test_a_role_smuggled_into_the_form_is_refused(
    browser_of: Browser, management: Tenant, alpha: Tenant, owner: User, agent: User
) -> None:
    with inside(alpha):
        admin = somebody(BuiltinRole.ADMIN)
        extra = Role.objects.create(code="platform", name="Platform", permissions=[Perm.TENANT_ENTER.value])

    answer = browser_of(admin, alpha).post(f"/users/{agent.pk}/roles/", {"roles": [extra.pk]})

    assert answer.status_code == 422
    with inside(alpha):
        assert [found.code for found in agent.roles.all()] == ["end_user"]


def test_nobody_is_left_without_a_role(inside_alpha: Tenant, agent: User) -> None:
    with pytest.raises(NoRole):
        assign_roles(user=agent, roles=[])


@pytest.mark.feature("ROL-02")
def test_the_owner_keeps_the_role_and_the_sign_in_whoever_else_administers(inside_alpha: Tenant, owner: User) -> None:
    admin = somebody(BuiltinRole.ADMIN)
    for by in (None, admin):
        with pytest.raises((LastOwner, NotHeld)):
            assign_roles(user=owner, roles=[role(BuiltinRole.ADMIN)], by=by)
        with pytest.raises((LastOwner, NotHeld)):
            deactivate_user(user=owner, by=by)
    deactivate_user(user=admin)


@pytest.mark.feature("ROL-02")
def test_nobody_gives_the_role_of_the_owner_away(browser_of: Browser, alpha: Tenant, owner: User, agent: User) -> None:
    with inside(alpha):
        with pytest.raises(OneOwner):
            assign_roles(user=agent, roles=[role(BuiltinRole.OWNER)], by=owner)
        with pytest.raises(OneOwner):
            create_user(username="x", email="", display_name="X", role=BuiltinRole.OWNER)
        owning = role(BuiltinRole.OWNER).pk

    answer = browser_of(owner, alpha).post(f"/users/{agent.pk}/roles/", {"roles": [owning]})

    assert answer.status_code == 422
    form = browser_of(owner, alpha).get("/users/new/").context["form"]
    assert "owner" not in [value for value, _label in form.fields["role"].choices]


def test_the_platforms_last_owner_stays_too(olivia: User) -> None:
    with pytest.raises(LastOwner):
        deactivate_user(user=olivia)


def test_two_owners_of_the_platform_cannot_remove_each_other_at_the_same_moment(own_database: str) -> None:
    owners = [User.objects.get(username__startswith="olivia@"), somebody(BuiltinRole.OPERATOR_OWNER)]
    lowest = role(BuiltinRole.OPERATOR_BILLING)
    start = Barrier(2)

    def demote(user: User) -> bool:
        try:
            start.wait()
            connection.set_schema_to_public()
            assign_roles(user=user, roles=[lowest])
        except LastOwner:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(demote, owners)) == [False, True]


def test_nobody_locks_their_own_sign_in(inside_alpha: Tenant, owner: User) -> None:
    with pytest.raises(OwnSignIn):
        deactivate_user(user=owner, by=owner)


@pytest.mark.feature("ROL-01")
def test_an_administrator_creates_a_user_who_gets_a_link(
    browser_of: Browser, owner: User, alpha: Tenant, mailoutbox: list[EmailMessage]
) -> None:
    told = {"display_name": "Nora New", "email": "Nora@alpha.example", "personnel_id": "nora7", "role": "end_user"}

    answer = browser_of(owner, alpha).post("/users/new/", told)

    assert answer.status_code == 302
    assert [message.to for message in mailoutbox] == [["nora@alpha.example"]]
    with inside(alpha):
        nora = User.objects.get(username="nora7@alpha.example")
        assert not nora.has_usable_password()
        assert EmailAddress.objects.get(user=nora, primary=True, verified=True).email == "nora@alpha.example"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "no address"),
        ("email", "AGENT@alpha.example"),
        ("email", "x" * 250 + "@alpha.example"),
        ("personnel_id", "with space"),
        ("personnel_id", "under_score"),
        ("personnel_id", "prpagent\x00"),
        ("display_name", ""),
        ("display_name", "x" * 151),
        ("role", "operator_owner"),
    ],
)
def test_wrong_facts_get_a_sentence_and_keep_what_was_typed(
    browser_of: Browser, owner: User, agent: User, alpha: Tenant, field: str, value: str
) -> None:
    told = {"display_name": "Nora New", "email": "nora@alpha.example", "personnel_id": "nora7", "role": "end_user"}

    answer = browser_of(owner, alpha).post("/users/new/", told | {field: value})

    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert answer.context["form"].data["display_name"] == (told | {field: value})["display_name"]


def test_a_logon_is_taken_in_any_letter_case(inside_alpha: Tenant, agent: User) -> None:
    with pytest.raises(Refusals) as refused:
        create_user(username="AGENT@Alpha.example", email="", display_name="Twin")

    assert set(refused.value.errors) == {"username"}


def test_a_changed_address_is_the_one_that_signs_in(inside_alpha: Tenant, owner: User, agent: User) -> None:
    change_user(user=agent, display_name="Agent", email="Other@alpha.example", by=owner)

    assert [address.email for address in EmailAddress.objects.filter(user=agent)] == ["other@alpha.example"]
    with pytest.raises(Refusals):
        change_user(user=agent, display_name="Agent", email="OWNER@alpha.example", by=owner)
