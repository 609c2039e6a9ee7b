"""Crossing hosts by the signed hand-off (TEN-05, POR-03, THR-10)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from portal.accounts.handoff import BadHandoff, NotFromHere, issue, redeem
from portal.accounts.models import SupportSession, User
from portal.accounts.models.user import UserKind
from portal.accounts.services import create_user, deactivate_user
from portal.accounts.services.ownership import accept_ownership, offer_ownership
from tenants.door import inside
from tenants.models import Tenant, TenantState
from tests.accounts.crossing import ALPHA, arrive, fields_of, go, origin_of

Browser = Callable[[User | None, Tenant], Client]
Clock = time_machine.Traveller


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


def use(token: str, *, host: str = ALPHA, origin: str = "http://office") -> SupportSession:
    return redeem(token=token, host=host, origin=origin, ip="192.0.2.7", at=timezone.now())


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
        second = create_user(username="second", email="second@alpha.example", display_name="Second")
        offer_ownership(to=second, by=owner, at=timezone.now())
        accept_ownership(by=second, at=timezone.now())
        deactivate_user(user=owner)
    assert visitor.get("/", follow=True).status_code == 403


@pytest.mark.feature("PLT-12")
def test_a_hand_off_leads_to_the_page_it_was_made_for(oscar: User, alpha: Tenant) -> None:
    token = issue(
        actor=oscar, reason="r", target_schema="t2", target_host=ALPHA, kind=UserKind.SUPPORT, origin="http://office",
        path="/settings/queues/",
    )  # fmt: skip

    guest = arrive(token, host=ALPHA, origin="http://office")

    assert guest.answer.url == "/settings/queues/"


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
