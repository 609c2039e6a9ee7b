"""Signing in with e-mail address, logon or personnel ID (SEC-01)."""

from collections.abc import Callable

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client

from portal.accounts.models import User
from portal.accounts.services import deactivate_user, end_sessions
from tenants.door import inside
from tenants.models import Tenant
from tests.world import PASSWORD

Browser = Callable[[User | None, Tenant], Client]
LOGIN = "/account/login/"


def sign_in(browser: Client, name: str, password: str = PASSWORD, **more: str):
    return browser.post(LOGIN, {"login": name, "password": password}, **more)


def signed_in(browser: Client) -> bool:
    return browser.get("/me/preferences/").status_code == 200


@pytest.mark.feature("SEC-01")
@pytest.mark.parametrize("name", ["owner@alpha.example", "OWNER@Alpha.Example", "prpowner", "PRPOWNER", " prpowner "])
def test_e_mail_address_logon_and_personnel_id_all_sign_in(browser_of: Browser, alpha: Tenant, name: str) -> None:
    browser = browser_of(None, alpha)

    assert sign_in(browser, name).status_code == 302
    assert signed_in(browser)


@pytest.mark.feature("SEC-01")
def test_a_sign_in_of_one_tenant_is_nothing_at_another(browser_of: Browser, alpha: Tenant, beta: Tenant) -> None:
    assert sign_in(browser_of(None, beta), "owner@alpha.example").status_code == 200
    browser = browser_of(None, alpha)
    sign_in(browser, "owner@alpha.example")
    browser.defaults["HTTP_HOST"] = beta.get_primary_domain().domain

    assert not signed_in(browser)


@pytest.mark.feature("SEC-05")
def test_the_session_id_changes_with_the_sign_in(browser_of: Browser, alpha: Tenant) -> None:
    browser = browser_of(None, alpha)
    session = browser.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key
    browser.cookies["session"] = planted

    sign_in(browser, "prpowner")

    assert browser.cookies["session"].value != planted


def test_cookies_belong_to_one_host_only(browser_of: Browser, alpha: Tenant) -> None:
    browser = browser_of(None, alpha)
    sign_in(browser, "prpowner")

    cookie = browser.cookies["session"]
    assert (cookie["domain"], cookie["path"], cookie["samesite"]) == ("", "/", "Lax")
    assert cookie["httponly"]


@pytest.mark.feature("SEC-01")
def test_unknown_names_and_wrong_passwords_get_the_same_answer(browser_of: Browser, alpha: Tenant) -> None:
    known = sign_in(browser_of(None, alpha), "owner@alpha.example", "wrong password here")
    unknown = sign_in(browser_of(None, alpha), "nobody@alpha.example", "wrong password here")

    assert known.status_code == unknown.status_code == 200
    assert _without_noise(known, "owner") == _without_noise(unknown, "nobody")


def test_a_locked_sign_in_does_not_sign_in(browser_of: Browser, alpha: Tenant, agent: User) -> None:
    with inside(alpha):
        deactivate_user(user=agent)
    browser = browser_of(None, alpha)

    sign_in(browser, "prpagent")

    assert not signed_in(browser)


@pytest.mark.feature("SEC-05")
def test_deactivating_somebody_ends_the_sessions_they_have(browser_of: Browser, alpha: Tenant, agent: User) -> None:
    browser = browser_of(None, alpha)
    sign_in(browser, "prpagent")
    assert signed_in(browser)

    with inside(alpha):
        deactivate_user(user=agent)

    assert not signed_in(browser)


@pytest.mark.feature("SEC-05")
def test_sessions_are_listed_and_ended_one_by_one(browser_of: Browser, alpha: Tenant, agent: User) -> None:
    here, there = browser_of(None, alpha), browser_of(None, alpha)
    sign_in(here, "prpagent", HTTP_USER_AGENT="Here")
    sign_in(there, "prpagent", HTTP_USER_AGENT="There")
    shown = here.get("/account/sessions/").content.decode()
    assert "There" in shown
    with inside(alpha):
        other = agent.usersession_set.get(user_agent="There")

    here.post(f"/me/sessions/{other.pk}/end/")

    assert signed_in(here)
    assert not signed_in(there)


def test_a_session_of_somebody_else_cannot_be_ended(browser_of: Browser, alpha: Tenant, agent: User) -> None:
    theirs, mine = browser_of(None, alpha), browser_of(None, alpha)
    sign_in(theirs, "prpagent")
    sign_in(mine, "prpowner")
    with inside(alpha):
        other = agent.usersession_set.get()

    assert mine.post(f"/me/sessions/{other.pk}/end/").status_code == 404
    assert signed_in(theirs)


def test_ending_all_sessions_can_spare_the_present_one(browser_of: Browser, alpha: Tenant, agent: User) -> None:
    here, there = browser_of(None, alpha), browser_of(None, alpha)
    sign_in(here, "prpagent")
    sign_in(there, "prpagent")

    with inside(alpha):
        end_sessions(user=agent, keep=here.cookies["session"].value)

    assert signed_in(here)
    assert not signed_in(there)


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "http:evil"])
def test_signing_in_leads_nowhere_else(browser_of: Browser, alpha: Tenant, target: str) -> None:
    answer = browser_of(None, alpha).post(f"{LOGIN}?next={target}", {"login": "prpowner", "password": PASSWORD})

    assert answer.status_code == 302
    assert answer["Location"] == "/"


def _without_noise(answer, name: str) -> str:
    text = answer.content.decode().replace(f"{name}@alpha.example", "NAME")
    token = answer.context["csrf_token"]
    return text.replace(str(token), "TOKEN").replace(answer.headers.get("X-Request-Id", "?"), "ID")


@pytest.mark.feature("SEC-01")
@pytest.mark.parametrize("name", ["owner@alpha.example", "prpowner", "nobody@alpha.example", "nobody", "x" * 200])
def test_known_and_unknown_names_cost_one_hash(
    browser_of: Browser, alpha: Tenant, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Hashing is what takes time in signing in; nobody learns from it who exists."""
    work = []
    for method in ("encode", "verify"):
        original = getattr(Argon2PasswordHasher, method)
        monkeypatch.setattr(
            Argon2PasswordHasher, method, lambda *told, original=original: work.append(1) or original(*told)
        )

    sign_in(browser_of(None, alpha), name, "wrong password here")

    assert len(work) == 1
