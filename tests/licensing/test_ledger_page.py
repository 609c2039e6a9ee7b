"""The ledger, the states of base licences, and both lists as files (LIC-13, EXP-06)."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from portal.accounts.models import User
from tenants.models import Tenant
from tests.licensing.test_pages import PHONE_SYSTEM, text

Browser = Callable[[User | None, Tenant], Client]


@pytest.fixture
def browser(browser_of: Browser, alpha: Tenant, owner: User) -> Client:
    return browser_of(owner, alpha)


@pytest.mark.feature("LIC-13")
def test_the_ledger_lists_every_change_of_a_count_and_is_searched_and_exported(
    browser: Client, stocked: None, browser_of: Browser, alpha: Tenant, agent: User
) -> None:
    page = browser.get("/licences/ledger/").content.decode()
    shown = text(page)
    found = text(browser.get("/licences/ledger/?q=101&licence=device_mobile_app").content.decode())
    file = b"".join(browser.get("/licences/ledger/?licence=team_chat&export=csv")).decode("utf-8-sig")

    for words in ("Mobile App Bought +5 5 Bought", "Mobile App In use +2 2 Add-ons chosen 101"):
        assert words in shown
    assert "Mobile App In use +2 2" in found
    assert "Team Chat In use" not in found
    assert [line.split(",")[1:5] for line in file.splitlines()[1:]] == [
        ["Team Chat", "In use", "1", "1"],
        ["Team Chat", "Bought", "3", "3"],
    ]
    assert browser_of(agent, alpha).get("/licences/ledger/").status_code == 403


@pytest.mark.feature("LIC-13")
def test_the_phone_system_shows_how_many_base_licences_are_in_each_state(
    browser: Client, stocked: None, alpha: Tenant
) -> None:
    browser.post(f"{PHONE_SYSTEM}provision/", {"count": "2", "first": "201"})

    shown = text(browser.get(PHONE_SYSTEM).content.decode())

    assert re.search(r"7 unprovisioned, [23] provisioned without a user, [01] assigned to users", shown)


@pytest.mark.feature("EXP-06")
def test_both_lists_are_exported_with_the_filter_in_force(browser: Client, stocked: None) -> None:
    assert "?export=csv" in browser.get(PHONE_SYSTEM).content.decode()

    extensions = b"".join(browser.get(f"{PHONE_SYSTEM}?number=without&export=csv")).decode()
    numbers = b"".join(browser.get(f"{PHONE_SYSTEM}numbers/?state=assigned&export=csv")).decode()

    assert len(extensions.splitlines()) == 1  # the heading: 101 has a number
    assert "+6561000001" in numbers
    assert "+6561000002" not in numbers
