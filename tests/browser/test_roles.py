"""Making a role as a matrix, looking through it, and leaving again (ROL-06, ROL-10)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.portal import Portal
from tests.world import ALPHA

pytestmark = [pytest.mark.browser, pytest.mark.processes]


@pytest.mark.feature("ROL-06", "ROL-10")
def test_a_role_is_made_and_looked_through(
    sign_in: Callable[..., Page], portal: Portal, look: Callable[[Page, str], None]
) -> None:
    page = sign_in(ALPHA, "owner@alpha.example")
    page.goto(portal.url(ALPHA, "/roles/new/"))
    page.get_by_label("Name").fill("Night desk")
    page.get_by_label("see extensions").check()
    page.get_by_label("see teams").check()
    look(page, "role-matrix")
    page.get_by_role("button", name="Create role").click()
    expect(page.get_by_role("heading", name="Night desk")).to_be_visible()

    page.get_by_role("button", name="View as this role").click()
    expect(page.get_by_text("You see the pages as Night desk does.")).to_be_visible()
    rail = page.get_by_role("navigation", name="Main navigation")
    expect(rail.get_by_role("link", name="Teams")).to_be_visible()
    expect(rail.get_by_role("link", name="Audit log")).to_have_count(0)
    look(page, "view-as-role")
    page.get_by_role("button", name="Leave", exact=True).click()

    expect(rail.get_by_role("link", name="Audit log")).to_be_visible()
