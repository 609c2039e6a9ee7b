"""The start page of a tenant and the queue parameters behind its open tasks (REG-26)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from tenants.models import Tenant
from tests.extensions.conftest import reads

Browser = Callable[[User | None, Tenant], Client]
CONFIGURE = "Configure the Callback Folder e-mail address"
PUBLISH = "Publish the changed queue parameters"
TYPED = {
    "callback_folder_email": "callback@alpha.example",
    "callback_attempts": "3",
    "callback_expires_hours": "24",
    "announce_position": "on",
}


@pytest.mark.feature("REG-26")
def test_a_new_tenant_is_asked_for_the_callback_folder(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    page = browser_of(owner, alpha).get("/").content.decode()

    assert CONFIGURE in page
    assert 'href="/settings/queues/"' in page
    assert PUBLISH not in page


@pytest.mark.feature("REG-26", "UXP-03")
def test_the_task_closes_when_the_address_is_saved_and_then_asks_to_publish(
    browser_of: Browser, alpha: Tenant, owner: User
) -> None:
    browser = browser_of(owner, alpha)

    saved = browser.post("/settings/queues/edit/", TYPED)
    after_saving = browser.get("/").content.decode()
    shown = browser.get("/settings/queues/publish/").content.decode()
    published = browser.post("/settings/queues/publish/")
    after_publishing = browser.get("/").content.decode()

    assert saved["Location"] == published["Location"] == "/settings/queues/"
    assert CONFIGURE not in after_saving
    assert PUBLISH in after_saving
    assert "callback@alpha.example" in shown
    assert "Open tasks" not in after_publishing


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("callback_folder_email", "", "Fill this in"),
        ("callback_folder_email", "callback", "Type an e-mail address"),
        ("callback_attempts", "0", "Use 1 or more"),
        ("callback_attempts", "many", "whole number"),
        ("callback_expires_hours", "169", "Use 168 or less"),
    ],
)
def test_wrong_parameters_get_a_sentence(
    browser_of: Browser, alpha: Tenant, owner: User, field: str, typed: str, sentence: str
) -> None:
    answer = browser_of(owner, alpha).post("/settings/queues/edit/", {**TYPED, field: typed})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_publishing_nothing_says_so(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)

    assert "Nothing to publish" in browser.get("/settings/queues/publish/").content.decode()
    assert browser.post("/settings/queues/publish/").status_code == 422


def test_the_start_page_shows_use_and_limit(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    assert "1 of 50 in use" in browser_of(owner, alpha).get("/").content.decode()


def test_an_end_user_is_led_to_the_own_telephone(browser_of: Browser, alpha: Tenant, agent: User) -> None:
    assert browser_of(agent, alpha).get("/")["Location"] == "/me/"


def test_a_manager_gets_no_tasks(browser_of: Browser, alpha: Tenant, manager: User) -> None:
    page = browser_of(manager, alpha).get("/").content.decode()

    assert CONFIGURE not in page
    assert "Front desk" in page


@pytest.mark.feature("ROL-07")
@pytest.mark.parametrize(
    ("who", "address", "status"),
    [
        ("manager", "/settings/queues/", 200),
        ("manager", "/settings/queues/edit/", 403),
        ("manager", "/settings/queues/publish/", 403),
        ("agent", "/settings/queues/", 403),
    ],
)
def test_who_may_see_and_change_queue_parameters(
    request: pytest.FixtureRequest, browser_of: Browser, alpha: Tenant, who: str, address: str, status: int
) -> None:
    assert browser_of(request.getfixturevalue(who), alpha).get(address).status_code == status


@pytest.mark.parametrize("address", ["/", "/settings/queues/", "/extensions/101/", "/extensions/new/"])
def test_a_page_needs_at_most_eight_queries(browser_of: Browser, alpha: Tenant, owner: User, address: str) -> None:
    browser = browser_of(owner, alpha)
    browser.get(address)

    with CaptureQueriesContext(connection) as captured:
        browser.get(address)

    assert reads(captured) <= 8, "\n".join(query["sql"][:120] for query in captured)
