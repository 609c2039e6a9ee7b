"""A telephone, its picture, its keys by click and by dragging, a template for it, and a speed dial (BLF, PRV, SPD)."""

import os
from collections.abc import Callable

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests.browser.portal import Portal
from tests.prepared import database_url
from tests.world import ALPHA

pytestmark = [pytest.mark.browser, pytest.mark.processes]


@pytest.fixture
def colleagues(portal: Portal) -> None:
    """Extensions 401 to 408 in alpha."""
    with psycopg.connect(database_url(f"browser_{os.getpid()}"), autocommit=True) as database:
        database.execute(
            "INSERT INTO t2.extensions_extension (version, number, first_name, last_name, directory_name, email, "
            "mobile, sip_username, sip_password, state, created_at) SELECT 1, n::text, '', '', 'Colleague ' || n, '', "
            "'', 'colleague' || n, '', 'unassigned', now() FROM generate_series(401, 408) AS n "
            "ON CONFLICT (number) DO NOTHING"
        )


def put(page: Page, target: str, button: str) -> None:
    """Type a colleague into the form that is open."""
    page.get_by_label("Target").fill(target)
    page.get_by_role("button", name=button).click()


@pytest.mark.feature("BLF-01", "BLF-02", "PRV-02")
def test_from_a_new_telephone_to_keys_in_order(
    sign_in: Callable[..., Page], portal: Portal, look: Callable[[Page, str], None], colleagues: None
) -> None:
    page = sign_in(ALPHA, "owner@alpha.example")
    page.goto(portal.url(ALPHA, "/phones/new/?extension=401"))
    page.get_by_label("MAC address").fill("80-5E-C0-40-10-01")
    page.get_by_label("Model").select_option("yealink-t54w")
    page.get_by_label("Expansion modules").fill("1")
    page.get_by_role("button", name="Save telephone").click()
    page.get_by_role("link", name="Keys", exact=True).click()
    expect(page.get_by_text("0 of 87 keys in use.").first).to_be_visible()

    page.locator(".cap[data-number='1'] a").click()
    expect(page.get_by_role("heading", name="Key 1", exact=True)).to_be_visible()
    put(page, "402", "Save, go to next")
    expect(page.get_by_role("heading", name="Key 2", exact=True)).to_be_visible()
    put(page, "999", "Save key")
    expect(page.get_by_text("There is no extension “999”").first).to_be_visible()
    put(page, "403", "Save key")
    expect(page.locator(".cap[data-number='2']")).to_contain_text("Colleague 403")
    page.locator(".cap[data-number='2'] a").click()
    expect(page.get_by_role("heading", name="Key 2", exact=True)).to_be_visible()
    look(page, "keys-picture")

    page.goto(portal.url(ALPHA, "/extensions/401/keys/"))
    page.locator(".cap[data-number='2']").drag_to(page.locator(".cap[data-number='1']"))
    page.get_by_role("button", name="Save this order").click()
    expect(page.locator(".cap[data-number='1']")).to_contain_text("Colleague 403")
    page.get_by_role("link", name="List").click()
    expect(page.locator("table.grid")).to_contain_text("403 Colleague 403")


@pytest.mark.feature("BLF-05")
def test_a_template_is_drawn_and_applied_to_three(
    sign_in: Callable[..., Page], portal: Portal, look: Callable[[Page, str], None], colleagues: None
) -> None:
    page = sign_in(ALPHA, "owner@alpha.example")
    page.goto(portal.url(ALPHA, "/key-templates/new/"))
    page.get_by_label("Name").fill("Counter")
    page.get_by_label("Expansion modules").fill("0")
    page.get_by_role("button", name="Save template").click()
    page.locator(".cap[data-number='1'] a").click()
    expect(page.get_by_role("heading", name="Key 1", exact=True)).to_be_visible()
    put(page, "402", "Save key")
    page.get_by_role("link", name="Apply", exact=True).click()
    page.get_by_label("Extensions", exact=True).fill("404-406")
    page.get_by_role("button", name="Look at what would change").click()
    expect(page.get_by_text("3 extensions get these keys")).to_be_visible()
    look(page, "keys-apply")
    page.get_by_role("button", name="Put the keys on these telephones").click()
    expect(page.get_by_text("3 extensions have these keys now.")).to_be_visible()


@pytest.mark.feature("SPD-01")
def test_a_speed_dial_is_added_and_stands_in_the_list(
    sign_in: Callable[..., Page], portal: Portal, look: Callable[[Page, str], None]
) -> None:
    page = sign_in(ALPHA, "owner@alpha.example")
    page.goto(portal.url(ALPHA, "/speed-dials/"))
    page.get_by_role("link", name="Add speed dial").first.click()
    page.get_by_label("Code").fill("7")
    page.get_by_label("Label").fill("Taxi")
    page.get_by_label("Number").fill("6123 4567")
    page.get_by_role("button", name="Save speed dial").click()

    expect(page.locator("table.grid")).to_contain_text("+65 6123 4567")
    look(page, "speed-dials")
