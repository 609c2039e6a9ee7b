"""Who sits there is read with their session, anew at every request."""

from collections.abc import Callable

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant

Browser = Callable[[User | None, Tenant], Client]
PAGE = "/me/preferences/"


@pytest.fixture
def browser(browser_of: Browser, owner: User, alpha: Tenant) -> Client:
    """The owner's, whose session stands in the list of sessions since its first page."""
    client = browser_of(owner, alpha)
    assert client.get(PAGE).status_code == 200
    return client


def reads(browser: Client, path: str) -> list[str]:
    """The queries of a page that read a session or a user."""
    with CaptureQueriesContext(connection) as found:
        assert browser.get(path).status_code == 200
    return [one["sql"] for one in found if "django_session" in one["sql"] or '"accounts_user"."password"' in one["sql"]]


def test_session_person_and_roles_are_one_question(browser: Client) -> None:
    assert len(reads(browser, PAGE)) == 1


@pytest.mark.feature("ROL-09")
def test_a_role_that_was_taken_away_counts_at_the_next_request(
    browser_of: Browser, manager: User, alpha: Tenant
) -> None:
    browser = browser_of(manager, alpha)
    before = [browser.get("/extensions/").status_code for _turn in range(2)]

    with inside(alpha):
        manager.roles.clear()

    assert (before, browser.get("/extensions/").status_code) == ([200, 200], 403)


@pytest.mark.feature("SEC-05")
def test_who_may_not_sign_in_any_more_is_nobody(browser_of: Browser, agent: User, alpha: Tenant) -> None:
    browser = browser_of(agent, alpha)
    assert browser.get(PAGE).status_code == 200

    with inside(alpha):
        User.objects.filter(pk=agent.pk).update(is_active=False)

    assert browser.get(PAGE).status_code == 302


@pytest.mark.feature("SEC-05")
def test_the_session_itself_says_whose_it_is(browser: Client, owner: User, agent: User, alpha: Tenant) -> None:
    with inside(alpha):
        UserSession.objects.filter(user=agent).delete()
        assert UserSession.objects.update(user=agent) == 1

    page = browser.get("/users/")

    assert page.status_code == 200  # which the agent may not open
    assert page.wsgi_request.user == owner
    assert len(reads(browser, PAGE)) == 2
