"""Pages about people need few queries, and lists the same for one row and for fifty."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import Role, SupportSession, User
from tenants.door import inside
from tenants.models import Tenant
from tests.world import PASSWORD

Browser = Callable[[User | None, Tenant], Client]
MOST = 8


def queries(browser: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert browser.get(path).status_code == 200
    return len([one for one in captured.captured_queries if not one["sql"].startswith(("SET ", "RESET "))])


@pytest.mark.parametrize("path", ["/users/", "/roles/", "/support/", "/me/preferences/", "/visit/", "/users/new/"])
def test_a_page_needs_few_queries(browser_of: Browser, owner: User, alpha: Tenant, path: str) -> None:
    assert queries(browser_of(owner, alpha), path) <= MOST


def test_the_list_of_users_needs_the_same_for_a_page(browser_of: Browser, owner: User, alpha: Tenant) -> None:
    browser = browser_of(owner, alpha)
    few = queries(browser, "/users/")
    with inside(alpha):
        lowest = Role.objects.get(code="end_user")
        for number in range(40):
            User.objects.create(username=f"person{number}", display_name=f"Person {number}").roles.add(lowest)

    assert queries(browser, "/users/") == few


def test_the_list_of_support_sessions_needs_the_same_for_a_page(
    browser_of: Browser, owner: User, alpha: Tenant
) -> None:
    browser = browser_of(owner, alpha)
    few = queries(browser, "/support/")
    now = timezone.now()
    with inside(alpha):
        for number in range(40):
            SupportSession.objects.create(
                nonce=str(number), user=owner, actor_schema="public", actor_id=1, actor_name="Oscar",
                actor_logon="oscar", reason="Because", started_at=now, ends_at=now,
            )  # fmt: skip

    assert queries(browser, "/support/") <= few + 1  # the first visit shows no table and asks for no page of rows


@pytest.mark.feature("SEC-05")
def test_the_list_of_sessions_needs_the_same_for_many_and_shows_those_used_last(
    browser_of: Browser, owner: User, alpha: Tenant
) -> None:
    browser = browser_of(None, alpha)
    browser.post("/account/login/", {"login": "owner@alpha.example", "password": PASSWORD})
    few = queries(browser, "/account/sessions/")
    now = timezone.now()
    with inside(alpha):
        for number in range(60):
            Session.objects.create(session_key=f"k{number}", session_data="", expire_date=now + timedelta(hours=1))
            UserSession.objects.create(
                user=owner, ip="192.0.2.7", session_key=f"k{number}", last_seen_at=now - timedelta(days=number + 1)
            )
        UserSession.objects.create(user=owner, ip="192.0.2.99", session_key="ended", last_seen_at=now)

    page = browser.get("/account/sessions/").content.decode()

    assert queries(browser, "/account/sessions/") == few <= MOST
    assert page.count("192.0.2.7<") == 49
    assert "And 11 more, used earlier." in page
    assert "192.0.2.99" not in page
    assert "This one" in page


@pytest.mark.feature("SEC-05")
def test_all_other_sessions_are_ended_by_one_button(browser_of: Browser, owner: User, alpha: Tenant) -> None:
    here, there = browser_of(None, alpha), browser_of(None, alpha)
    for browser in (here, there):
        browser.post("/account/login/", {"login": "owner@alpha.example", "password": PASSWORD})

    answer = here.post("/account/sessions/", follow=True).content.decode()

    assert "You are signed out everywhere else." in answer
    assert here.get("/me/preferences/").status_code == 200
    assert there.get("/me/preferences/").status_code == 302
