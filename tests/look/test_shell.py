"""The frame of a page: who one is, where one is, and the way to help."""

from collections.abc import Callable

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.sites.context import badge_of
from tenants.models import Tenant, TenantKind, TenantState

BrowserOf = Callable[[User | None, Tenant], Client]


@pytest.mark.parametrize(
    ("kind", "state", "word"),
    [
        (TenantKind.CUSTOMER, TenantState.ACTIVE, None),
        (TenantKind.CUSTOMER, TenantState.TRIAL, "Trial"),
        (TenantKind.TEMPLATE, TenantState.ACTIVE, "Service template"),
        (TenantKind.MANAGEMENT, TenantState.ACTIVE, None),
    ],
)
def test_only_a_tenant_that_could_be_mistaken_wears_a_badge(kind: str, state: str, word: str | None) -> None:
    tenant = Tenant(kind=kind, state=state, is_management=kind == TenantKind.MANAGEMENT)

    badge = badge_of(tenant)

    assert (badge and badge.label) == word


def test_the_management_host_says_so_in_a_word(browser_of: BrowserOf, olivia: User, management: Tenant) -> None:
    page = browser_of(olivia, management).get("/ops/").text

    assert "face-management" in page
    assert "Management</span>" in page


def test_the_profile_menu_stands_first_with_name_logon_and_sign_out(
    browser_of: BrowserOf, owner: User, alpha: Tenant
) -> None:
    page = browser_of(owner, alpha).get("/").text

    assert page.index('class="menu me"') < page.index('class="topbar-place"')
    assert owner.username in page
    assert 'action="/account/logout/"' in page


@pytest.mark.feature("UXP-04")
def test_help_is_found_at_the_same_place_on_every_page(browser_of: BrowserOf, owner: User, alpha: Tenant) -> None:
    client = browser_of(owner, alpha)

    for address in ("/", "/extensions/", "/account/sessions/"):
        end_of_bar = client.get(address).text.partition('class="topbar-end"')[2]
        assert 'href="/help/' in end_of_bar.partition("</header>")[0]
