"""Who may see and change call controls, and how little the pages ask."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from extensions.models import (
    BlockAction,
    BlockDirection,
    BlockMatch,
    Extension,
)
from extensions.services.calls.blocked import Blocking, block_caller
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.calls.matrix import typed
from tests.extensions.conftest import reads

Browser = Callable[[User | None, Tenant], Client]


@pytest.mark.parametrize(
    "address",
    ["/call-controls/", "/extensions/101/calls/", "/extensions/101/calls/blocked/", "/call-controls/rules/"],
)
def test_managers_read_end_users_do_not_and_others_are_sent_away(
    browser_of: Browser, alpha: Tenant, manager: User, agent: User, stranger: User, address: str
) -> None:
    assert browser_of(manager, alpha).get(address).status_code == 200
    assert browser_of(agent, alpha).get(address).status_code == 403
    assert browser_of(None, alpha).get(address).status_code == 302


def test_a_manager_sees_the_matrix_without_a_button_and_saves_nothing(
    browser_of: Browser, alpha: Tenant, manager: User
) -> None:
    browser = browser_of(manager, alpha)

    page = browser.get("/extensions/101/calls/away/").content.decode()

    assert "Save settings" not in page
    assert "You may look at this, not change it." in page
    assert browser.post("/extensions/101/calls/away/edit/", typed()).status_code == 403


@pytest.mark.parametrize(
    "address", ["/extensions/999/calls/", "/teams/99999/calls/", "/extensions/101/calls/custom_1/"]
)
def test_what_is_not_there_is_not_found(browser_of: Browser, alpha: Tenant, owner: User, address: str) -> None:
    assert browser_of(owner, alpha).get(address).status_code == 404


def test_who_may_change_the_matrix_is_not_told_to_look_only(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    assert "You may look" not in browser_of(owner, alpha).get("/extensions/101/calls/away/").content.decode()


def test_the_pages_ask_little_whatever_there_is(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)

    def block(n: int) -> None:
        with inside(alpha):
            blocking = Blocking(BlockMatch.PREFIX, f"+65{n}", BlockDirection.IN, BlockAction.BUSY)
            block_caller(extension=Extension.objects.get(number="101"), blocking=blocking, by=owner)

    def ask(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            browser.get(address)
        return reads(captured)

    block(1)
    few = ask("/extensions/101/calls/blocked/")
    for n in range(100, 140):  # one page: beyond it the rows are counted, too
        block(n)

    assert few == ask("/extensions/101/calls/blocked/") <= 8
    assert ask("/extensions/101/calls/available/") <= 8
    assert ask("/extensions/101/calls/exceptions/") <= 8
    assert ask("/extensions/101/calls/outgoing/") <= 8
    assert ask("/call-controls/") <= 8
