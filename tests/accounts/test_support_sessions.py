"""Working in a tenant as a guest from the management host (TEN-05, POR-03)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.test import Client

from portal.accounts.models import Role, SupportSession, User
from portal.accounts.models.user import UserKind
from portal.accounts.services import assign_roles, deactivate_user
from portal.audit.models import LogEntry
from portal.permissions import BuiltinRole, Perm
from tenants.door import inside
from tenants.models import Tenant
from tests.accounts.crossing import arrive, go, origin_of

Browser = Callable[[User | None, Tenant], Client]
Clock = time_machine.Traveller


@pytest.mark.feature("TEN-05")
def test_an_operator_works_in_a_tenant_like_its_administrator(guest: Client, alpha: Tenant) -> None:
    for path in ("/", "/extensions/", "/users/", "/settings/queues/"):
        assert guest.get(path).status_code == 200
    with inside(alpha):
        session = SupportSession.objects.get()
    assert (session.actor_name, session.reason) == ("Oscar", "Callers hear nothing")
    assert session.ends_at - session.started_at == timedelta(minutes=30)


@pytest.mark.feature("TEN-05")
def test_the_band_names_person_reason_and_end(guest: Client) -> None:
    shown = guest.get("/").content.decode()

    assert "AlphaPhones" in shown
    assert "Oscar" in shown
    assert "Callers hear nothing" in shown
    assert 'action="/handoff/leave/"' in shown


@pytest.mark.feature("POR-03")
def test_both_identities_stand_in_every_audit_row(guest: Client, alpha: Tenant, oscar: User) -> None:
    guest.post("/users/new/", {"display_name": "New One", "email": "new@alpha.example", "role": "end_user"})

    with inside(alpha):
        entry = LogEntry.objects.filter(model="accounts.user", object_repr="New One").first()
    assert entry is not None
    assert (entry.acting_name, entry.acting_ref) == ("Oscar", f"public:{oscar.pk}")


@pytest.mark.feature("TEN-05")
def test_the_owner_is_told_by_mail_and_sees_every_visit(
    guest: Client, browser_of: Browser, owner: User, alpha: Tenant, mailoutbox: list[EmailMessage]
) -> None:
    assert [message.to for message in mailoutbox] == [["owner@alpha.example"]]
    assert "Callers hear nothing" in mailoutbox[0].body

    assert "Callers hear nothing" in browser_of(owner, alpha).get("/support/").content.decode()


@pytest.mark.feature("TEN-05")
def test_the_owner_ends_the_session_at_once(guest: Client, browser_of: Browser, owner: User, alpha: Tenant) -> None:
    with inside(alpha):
        session = SupportSession.objects.get()

    browser_of(owner, alpha).post(f"/support/{session.pk}/end/")

    assert guest.get("/extensions/").status_code == 403
    assert guest.get("/extensions/").status_code == 302
    with inside(alpha):
        assert SupportSession.objects.get().ended_by == "Owner"


@pytest.mark.feature("TEN-05")
def test_the_guest_leaves(guest: Client, alpha: Tenant) -> None:
    answer = guest.post("/handoff/leave/")

    assert answer.status_code == 200
    assert "http://" in answer.content.decode()
    assert guest.get("/extensions/").status_code == 302
    with inside(alpha):
        assert SupportSession.objects.get().ended_by == "Oscar"


@pytest.mark.feature("TEN-05")
def test_signing_out_ends_the_session_too(guest: Client, alpha: Tenant) -> None:
    guest.post("/account/logout/")

    with inside(alpha):
        assert SupportSession.objects.get().ended_at is not None


@pytest.mark.feature("POR-03")
def test_the_session_ends_after_half_an_hour_whatever_happens(
    clock: Clock, browser_of: Browser, oscar: User, management: Tenant, alpha: Tenant
) -> None:
    office = browser_of(oscar, management)
    guest = arrive(go(office, alpha)[1], origin=origin_of(office))
    for _ in range(5):
        clock.shift(timedelta(minutes=5, seconds=50))
        assert guest.get("/extensions/").status_code == 200
    clock.shift(timedelta(seconds=51))

    assert guest.get("/extensions/").status_code in (302, 403)
    assert guest.get("/extensions/").status_code == 302


@pytest.mark.feature("TEN-05")
@pytest.mark.parametrize("how", ["dismissed", "demoted"])
def test_who_loses_the_right_is_out_at_the_next_request(guest: Client, oscar: User, alpha: Tenant, how: str) -> None:
    if how == "dismissed":
        deactivate_user(user=oscar)
    else:
        assign_roles(user=oscar, roles=[_role(BuiltinRole.OPERATOR_BILLING)])

    assert guest.get("/extensions/").status_code == 403
    assert guest.get("/extensions/").status_code == 302
    with inside(alpha):
        assert SupportSession.objects.get().ended_at is not None


@pytest.mark.feature("POR-03")
@pytest.mark.parametrize(
    "path",
    [
        "/account/password/change/",
        "/account/password/set/",
        "/account/reauthenticate/",
        "/account/2fa/",
        "/account/2fa/totp/activate/",
        "/account/2fa/recovery-codes/",
        "/account/2fa/recovery-codes/generate/",
        "/account/sessions/",
        "/visit/",
    ],
)
def test_a_guest_cannot_touch_the_sign_in_or_go_further(guest: Client, path: str) -> None:
    assert guest.get(path).status_code == 403
    assert guest.post(path, {}).status_code == 403


@pytest.mark.feature("POR-03")
def test_a_guest_ends_no_support_session(guest: Client, alpha: Tenant) -> None:
    with inside(alpha):
        session = SupportSession.objects.get()

    assert guest.post(f"/support/{session.pk}/end/").status_code == 403


@pytest.mark.feature("ROL-09")
def test_a_guest_makes_nobody_owner_and_changes_no_owner(
    guest: Client, owner: User, agent: User, alpha: Tenant
) -> None:
    with inside(alpha):
        owners = _role(BuiltinRole.OWNER)
    guest.post(f"/users/{agent.pk}/roles/", {"roles": [owners.pk]})
    guest.post(f"/users/{owner.pk}/edit/", {"display_name": "Mine", "email": "oscar@trunkline.example"})
    guest.post(f"/users/{owner.pk}/lock/")

    with inside(alpha):
        assert not User.objects.get(pk=agent.pk).roles.filter(code="owner").exists()
        untouched = User.objects.get(pk=owner.pk)
        assert (untouched.email, untouched.is_active) == ("owner@alpha.example", True)


def test_a_guest_has_no_password_and_gets_no_link(guest: Client, alpha: Tenant) -> None:
    with inside(alpha):
        shadow = User.objects.get(kind=UserKind.SUPPORT)
    assert not shadow.has_usable_password()
    assert shadow.email == ""
    assert Perm.SUPPORT_END not in shadow.granted


def _role(code: BuiltinRole) -> Role:
    return Role.objects.get(code=code.value)
