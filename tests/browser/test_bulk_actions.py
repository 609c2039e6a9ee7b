"""Ticking rows of a list and acting on all of them, with and without JavaScript (EXT-03)."""

import os
from collections.abc import Callable

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.portal import Portal
from tests.prepared import database_url
from tests.world import ALPHA

pytestmark = [pytest.mark.browser, pytest.mark.processes]


@pytest.fixture
def desks(portal: Portal) -> None:
    """Extensions 300 to 379 in alpha, none of them with a person, all in service, and as many licences as they need."""
    with psycopg.connect(database_url(f"browser_{os.getpid()}"), autocommit=True) as database:
        database.execute("UPDATE t2.licensing_pool SET bought = NULL WHERE sku = 'phone_system'")
        # They stay, and other journeys of this process make extensions in alpha, too.
        database.execute("UPDATE public.tenants_tenant SET max_extensions = 1000 WHERE schema_name = 't2'")
        database.execute(
            "INSERT INTO t2.extensions_extension (number, first_name, last_name, directory_name, email, mobile, "
            "sip_username, sip_password, state, created_at, version) SELECT n::text, '', '', 'Desk ' || n, '', '', "
            "'desk' || n, '', 'unassigned', now(), 1 FROM generate_series(300, 379) AS n "
            "ON CONFLICT (number) DO UPDATE SET state = 'unassigned'"
        )


@pytest.mark.feature("EXT-03", "UXP-04")
def test_by_keyboard_tick_a_page_then_all_matching_confirm_and_see_them_suspended(
    sign_in: Callable[..., Page], portal: Portal, look: Callable[[Page, str], None], desks: None
) -> None:
    page = sign_in(ALPHA, "owner@alpha.example")
    page.goto(portal.url(ALPHA, "/extensions/?q=desk+3"))
    bar = page.locator("#bulk-form")
    expect(bar).to_be_hidden()

    page.get_by_label("Select extension 300").focus()
    page.keyboard.press("Space")
    expect(bar).to_contain_text("1 selected")
    page.keyboard.press("j")
    page.get_by_label("Select all rows of this page").check()
    expect(bar).to_contain_text("50 selected")
    page.get_by_label("Select extension 301").uncheck()
    expect(page.get_by_role("status").filter(has_text="49 selected")).to_be_attached()
    look(page, "bulk-ticked")

    page.get_by_label("Select all 80 matching").check()
    expect(bar).to_contain_text("80 selected")
    bar.get_by_role("button", name="Suspend").click()
    expect(page.get_by_text("80 will change")).to_be_visible()
    look(page, "bulk-confirm")
    page.get_by_role("button", name="Suspend 80 extensions").click()

    expect(page.get_by_text("80 extensions suspended.")).to_be_visible()
    assert page.url.endswith("/extensions/?q=desk+3")
    expect(page.locator(".chip-suspended")).to_have_count(50)


@pytest.mark.feature("EXT-03")
def test_without_javascript_it_is_an_ordinary_form(
    browser: Browser, sign_in: Callable[..., Page], portal: Portal, desks: None
) -> None:
    cookies = sign_in(ALPHA, "owner@alpha.example").context.storage_state()
    context = browser.new_context(java_script_enabled=False, storage_state=cookies)
    page = context.new_page()
    page.goto(portal.url(ALPHA, "/extensions/?q=desk+3"))

    page.get_by_label("Select extension 300").check()
    page.get_by_label("Select extension 301").check()
    page.get_by_role("button", name="Suspend", exact=True).click()
    page.get_by_role("button", name="Suspend 2 extensions").click()

    expect(page.get_by_text("2 extensions suspended.")).to_be_visible()
    context.close()
