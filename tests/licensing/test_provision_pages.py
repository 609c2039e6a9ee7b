"""Provisioning where licenses are short, and leaving the users for later (LIC-05, LIC-06)."""

from collections.abc import Callable

import pytest
from django.test import Client

from portal.accounts.models import User
from tenants.models import Tenant
from tests.licensing.test_pages import PHONE_SYSTEM, text


@pytest.fixture
def browser(browser_of: Callable[[User | None, Tenant], Client], alpha: Tenant, owner: User) -> Client:
    return browser_of(owner, alpha)


@pytest.mark.feature("LIC-05")
def test_a_shortage_while_provisioning_leads_to_more(browser: Client, stocked: None) -> None:
    preview = browser.get(f"{PHONE_SYSTEM}provision/preview/", {"count": "10", "first": "201"}).content.decode()

    assert "10 licenses are needed, 9 are free" in text(preview)
    assert '<a href="/licences/buy/">Get more</a>' in preview


@pytest.mark.feature("LIC-06")
def test_assigning_users_can_wait_and_nothing_is_called_cancelled(browser: Client, stocked: None) -> None:
    page = browser.post(f"{PHONE_SYSTEM}provision/", {"count": "1", "first": "201"}, follow=True).content.decode()

    assert f'href="{PHONE_SYSTEM}" data-behaviour="leave">Later</a>' in page
    assert ">Cancel<" not in page
