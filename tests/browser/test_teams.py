"""Making a team, choosing its members and their order, by mouse, by buttons and without JavaScript (TEAM-01 to 03)."""

import os
from collections.abc import Callable

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.portal import Portal
from tests.conftest import database_url
from tests.world import ALPHA

pytestmark = [pytest.mark.browser, pytest.mark.processes]


@pytest.fixture
def team_desks(portal: Portal) -> None:
    """Extensions 431 to 433 in alpha."""
    with psycopg.connect(database_url(f"browser_{os.getpid()}"), autocommit=True) as database:
        database.execute(
            "INSERT INTO t2.extensions_extension (number, first_name, last_name, directory_name, email, mobile, "
            "sip_username, sip_password, state, created_at, version) SELECT n::text, '', '', 'Desk ' || n, '', '', "
            "'desk' || n, '', 'unassigned', now(), 1 FROM generate_series(431, 433) AS n ON CONFLICT DO NOTHING"
        )


@pytest.mark.feature("TEAM-01", "TEAM-02", "TEAM-03")
def test_a_ring_group_is_made_filled_and_put_in_order(
    browser: Browser, sign_in: Callable[..., Page], portal: Portal, look: Callable[[Page, str], None], team_desks: None
) -> None:
    page = sign_in(ALPHA, "owner@alpha.example")
    page.goto(portal.url(ALPHA, "/teams/new/"))
    page.get_by_label("Name").fill("Sales")
    page.get_by_label("Number").fill("690")
    page.get_by_label("Ringing").select_option("linear")
    page.get_by_label("Seconds to ring").fill("7")
    page.get_by_role("button", name="Create team").click()
    expect(page.get_by_text("Use 5 to 300 seconds, in steps of 5.").first).to_be_visible()
    page.get_by_label("Seconds to ring").fill("20")
    page.get_by_role("button", name="Create team").click()

    page.get_by_label("Search by number or name").fill("desk 43")
    page.locator(".picker-search").get_by_role("button", name="Search").click()
    for name in ("431", "432", "433"):
        page.get_by_role("list", name="Extensions that can be added").get_by_text(name, exact=True).click()
    page.get_by_role("button", name="Add ticked").click()
    page.get_by_role("button", name="Move 433 Desk 433 up").click()
    look(page, "team-members")
    grips = page.locator(".picker-grip")
    grips.nth(0).drag_to(grips.nth(2))
    page.get_by_role("button", name="Save members").click()

    expect(page.get_by_text("Members saved.")).to_be_visible()
    numbers = page.locator("table.members tbody .mono")
    expect(numbers).to_have_text(["433", "432", "431"])
    look(page, "team-detail")

    context = browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    plain = context.new_page()
    plain.goto(page.url + "members/")
    plain.get_by_role("button", name="Move 431 Desk 431 up").click()
    plain.get_by_role("button", name="Save members").click()
    expect(plain.locator("table.members tbody .mono")).to_have_text(["433", "431", "432"])
    context.close()
