"""Crossing hosts by the signed hand-off (TEN-05, POR-03, THR-10)."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.utils import timezone

from portal.accounts.handoff import BadHandoff, NotFromHere, issue, redeem
from portal.accounts.models import SupportSession, User
from portal.accounts.models.user import UserKind
from portal.accounts.services import assign_roles, create_user, deactivate_user
from portal.audit.models import LogEntry
from portal.permissions import BuiltinRole, Perm
from tenants.door import inside
from tenants.models import Tenant, TenantState

Browser = Callable[[User | None, Tenant], Client]
Clock = time_machine.Traveller
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
ALPHA = "alpha-phones.localhost"


def fields_of(page) -> tuple[str, str]:
    """(address, token) of the form that carries a hand-off over."""
    text = page.content.decode()
    return re.search(r'action="(https?://[^"]+/handoff/)"', text)[1], re.search(r'name="token" value="([^"]+)"', text)[
        1
    ]


def origin_of(browser: Client) -> str:
    return f"http://{browser.defaults['HTTP_HOST']}"


def go(browser: Client, tenant: Tenant, reason: str = "Callers hear nothing") -> tuple[str, str]:
    return fields_of(browser.post(f"/ops/tenants/{tenant.instance_number}/enter/", {"reason": reason}))


def arrive(token: str, *, host: str = ALPHA, origin: str) -> Client:
    browser = Client(HTTP_HOST=host)
    browser.answer = browser.post("/handoff/", {"token": token}, headers={"Origin": origin})
    return browser


@pytest.fixture
def guest(browser_of: Browser, oscar: User, management: Tenant, alpha: Tenant) -> Client:
    """Oscar's browser inside alpha."""
    office = browser_of(oscar, management)
    _address, token = go(office, alpha)
    browser = arrive(token, origin=origin_of(office))
    assert browser.answer.status_code == 302
    return browser


@pytest.fixture
def token(oscar: User, alpha: Tenant) -> str:
    return issue(
        actor=oscar,
        reason="Callers hear nothing",
        target_schema="t2",
        target_host=ALPHA,
        kind=UserKind.SUPPORT,
        origin="http://office",
    )


@pytest.fixture
def clock() -> Iterator[Clock]:
    with time_machine.travel(NOON, tick=False) as found:
        yield found


def use(token: str, *, host: str = ALPHA, origin: str = "http://office") -> SupportSession:
    return redeem(token=token, host=host, origin=origin, ip="192.0.2.7", at=timezone.now())


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


def test_a_guest_issues_no_hand_off(guest: Client, alpha: Tenant) -> None:
    with inside(alpha):
        shadow = User.objects.get(kind=UserKind.SUPPORT)
        with pytest.raises(NotFromHere):
            issue(
                actor=shadow,
                reason="further",
                target_schema="public",
                target_host="x",
                kind=UserKind.VISITOR,
                origin="http://x",
            )


def test_a_guest_has_no_password_and_gets_no_link(guest: Client, alpha: Tenant) -> None:
    with inside(alpha):
        shadow = User.objects.get(kind=UserKind.SUPPORT)
    assert not shadow.has_usable_password()
    assert shadow.email == ""
    assert Perm.SUPPORT_END not in shadow.granted


@pytest.mark.feature("TEN-05")
def test_a_hand_off_works_once(token: str, inside_alpha: Tenant) -> None:
    use(token)

    with pytest.raises(BadHandoff):
        use(token)


@pytest.mark.feature("TEN-05")
@pytest.mark.parametrize("seconds", [61, 3600])
def test_a_late_hand_off_opens_nothing(clock: Clock, oscar: User, alpha: Tenant, seconds: int) -> None:
    late = issue(
        actor=oscar, reason="late", target_schema="t2", target_host=ALPHA, kind=UserKind.SUPPORT, origin="http://office"
    )
    clock.shift(timedelta(seconds=seconds))

    with inside(alpha), pytest.raises(BadHandoff):
        use(late)


@pytest.mark.feature("TEN-05")
def test_a_hand_off_is_bound_to_host_schema_and_origin(token: str, alpha: Tenant, beta: Tenant) -> None:
    with inside(beta), pytest.raises(BadHandoff):
        use(token, host="beta-phones.localhost")
    with inside(beta), pytest.raises(BadHandoff):
        use(token)
    with inside(alpha):
        for wrong in ("null", "", "http://evil.example", "https://office"):
            with pytest.raises(BadHandoff):
                use(token, origin=wrong)
        use(token)


@pytest.mark.parametrize("forged", ["", "x", "a:b:c", "eyJraW5kIjoic3VwcG9ydCJ9:1vMv:aaaa"])
def test_a_forged_hand_off_gets_a_plain_page(browser_of: Browser, alpha: Tenant, forged: str) -> None:
    answer = browser_of(None, alpha).post("/handoff/", {"token": forged}, headers={"Origin": "http://office"})

    assert answer.status_code == 403
    assert "session" not in answer.cookies


def test_a_hand_off_is_not_taken_from_an_address_line(browser_of: Browser, alpha: Tenant, token: str) -> None:
    assert browser_of(None, alpha).get("/handoff/", {"token": token}).status_code == 405


def test_somebody_dismissed_within_the_minute_does_not_get_in(token: str, oscar: User, alpha: Tenant) -> None:
    deactivate_user(user=oscar)

    with inside(alpha):
        with pytest.raises(BadHandoff):
            use(token)
        assert not SupportSession.objects.exists()


def test_entering_replaces_the_session_that_the_browser_had(
    browser_of: Browser, agent: User, oscar: User, alpha: Tenant, management: Tenant
) -> None:
    office, browser = browser_of(oscar, management), browser_of(agent, alpha)
    before = browser.cookies["session"].value
    _address, token = go(office, alpha)

    browser.post("/handoff/", {"token": token}, headers={"Origin": origin_of(office)})

    assert browser.cookies["session"].value != before


def test_a_reason_must_be_given(browser_of: Browser, oscar: User, management: Tenant, alpha: Tenant) -> None:
    assert browser_of(oscar, management).post("/ops/tenants/2/enter/", {"reason": " "}).status_code == 422


@pytest.mark.feature("ROL-07")
@pytest.mark.parametrize("who", ["rita", "prospect"])
def test_others_cannot_enter(
    browser_of: Browser, request: pytest.FixtureRequest, management: Tenant, alpha: Tenant, who: str
) -> None:
    browser = browser_of(request.getfixturevalue(who), management)

    assert browser.get("/ops/tenants/2/enter/").status_code == 403
    assert browser.post("/ops/tenants/2/enter/", {"reason": "I am curious"}).status_code == 403


def test_a_tenant_that_is_not_ready_cannot_be_entered(
    browser_of: Browser, oscar: User, management: Tenant, alpha: Tenant
) -> None:
    Tenant.objects.filter(pk=alpha.pk).update(state=TenantState.SUSPENDED)
    browser = browser_of(oscar, management)

    for number in (1, 2, 99):
        assert browser.get(f"/ops/tenants/{number}/enter/").status_code == 404


def test_the_page_between_may_post_to_the_target_and_nowhere_else(
    browser_of: Browser, oscar: User, management: Tenant, alpha: Tenant
) -> None:
    page = browser_of(oscar, management).post("/ops/tenants/2/enter/", {"reason": "Callers hear nothing"})

    policy = page["Content-Security-Policy"]
    assert f"form-action 'self' http://{ALPHA}" in policy
    assert page["Referrer-Policy"] == "strict-origin"
    assert "no-store" in page["Cache-Control"]


@pytest.mark.feature("TEN-05")
def test_a_templates_working_copy_is_entered_the_same_way(
    browser_of: Browser, olivia: User, management: Tenant
) -> None:
    working = Tenant.objects.get(schema_name="tpl1")
    browser = browser_of(olivia, management)
    page = browser.post(f"/ops/templates/{working.template.pk}/enter/", {"reason": "New greeting"})
    address, token = fields_of(page)
    host = address.split("/")[2]

    guest = arrive(token, host=host, origin=origin_of(browser))

    assert guest.answer.status_code == 302
    assert guest.get("/settings/queues/").status_code == 200


@pytest.mark.feature("REG-02")
def test_a_tenants_owner_visits_the_registration_form_and_nothing_else(
    browser_of: Browser, owner: User, management: Tenant, alpha: Tenant
) -> None:
    home = browser_of(owner, alpha)
    address, token = fields_of(home.post("/visit/"))
    host = address.split("/")[2]

    visitor = arrive(token, host=host, origin=origin_of(home))

    assert visitor.answer.status_code == 302
    for path in ("/ops/", "/ops/tenants/", "/ops/users/", "/ops/audit/", "/ops/tenants/2/enter/"):
        assert visitor.get(path).status_code == 403
    assert visitor.get("/", follow=True).status_code == 200
    with inside(alpha):
        create_user(username="second", email="", display_name="Second", role=BuiltinRole.OWNER)
        deactivate_user(user=owner)
    assert visitor.get("/", follow=True).status_code == 403


def test_of_twenty_uses_at_once_one_counts(own_database: str) -> None:
    oscar = User.objects.get(username__startswith="oscar")
    token = issue(
        actor=oscar, reason="race", target_schema="t2", target_host=ALPHA, kind=UserKind.SUPPORT, origin="http://office"
    )

    def redeem_it(_number: int) -> int:
        try:
            return arrive(token, origin="http://office").answer.status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(redeem_it, range(20)))

    assert answers.count(302) == 1
    assert answers.count(403) == 19


def _role(code: BuiltinRole):
    return User.roles.field.related_model.objects.get(code=code.value)
