"""Making a schedule, painting a day, and closing for a while (SCH-01, SCH-09)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.portal import Portal
from tests.world import ALPHA

pytestmark = [pytest.mark.browser, pytest.mark.processes]


@pytest.mark.feature("SCH-01", "SCH-09")
def test_create_paint_and_close_a_schedule(
    sign_in: Callable[..., Page], portal: Portal, look: Callable[[Page, str], None]
) -> None:
    page = sign_in(ALPHA, "owner@alpha.example")
    page.goto(portal.url(ALPHA, "/schedules/new/"))
    page.get_by_label("Name").fill("Shop")
    page.get_by_label("Shop: Monday to Saturday").check()
    page.get_by_role("button", name="Create schedule").click()
    expect(page.get_by_role("heading", name="Shop", level=1)).to_be_visible()

    page.get_by_role("link", name="Edit", exact=True).click()
    cells = page.locator(".paint-cell[data-row='6']")
    page.get_by_role("button", name="Open", exact=True).click()
    cells.nth(40).scroll_into_view_if_needed()
    cells.nth(40).hover()
    page.mouse.down()
    cells.nth(55).hover()
    page.mouse.up()
    expect(page.get_by_label("Sunday, Open 1, from", exact=True)).to_have_value("10:00")
    expect(page.get_by_label("Sunday, Open 1, until", exact=True)).to_have_value("14:00")
    page.get_by_role("button", name="Break", exact=True).click()
    cells.nth(48).click()
    expect(page.get_by_label("Sunday, Break 1, until", exact=True)).to_have_value("12:15")
    look(page, "schedule-edit")
    page.get_by_role("button", name="Save schedule").click()
    expect(page.get_by_text("Sunday 10:00–14:00")).to_be_visible()

    page.get_by_role("link", name="Closed until…").click()
    page.get_by_label("Reason").fill("Stocktaking")
    page.get_by_role("button", name="Set until then").click()
    expect(page.locator(".chip", has_text="Closed by hand")).to_be_visible()
    page.get_by_role("button", name="End it now").click()
    expect(page.get_by_text("Back to the hours of the schedule.")).to_be_visible()
