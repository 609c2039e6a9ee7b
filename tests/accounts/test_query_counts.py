"""Pages about people need few queries, and lists the same for one row and for fifty."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import Role, SupportSession, User
from tenants.door import inside
from tenants.models import Tenant

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
