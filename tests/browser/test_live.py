"""An operator adds a simulator; an administrator watches calls come and go without reloading, and ends one."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.portal import Portal
from tests.browser.simulator import MANAGEMENT, add_simulator
from tests.world import ALPHA

pytestmark = [pytest.mark.browser, pytest.mark.processes]


@pytest.mark.feature("MON-01", "PBX-12", "PRS-05", "BLF-04", "MON-02")
def test_calls_of_the_simulator_are_seen_live_and_can_be_ended(
    sign_in: Callable[..., Page], portal: Portal, look: Callable[[Page, str], None]
) -> None:
    page = sign_in(MANAGEMENT, "olivia@trunkline.example")
    add_simulator(page, portal)
    expect(page.locator("#pbx-detail").get_by_text("Simulated")).to_be_visible()
    look(page, "pbx")
    page.goto(portal.url(MANAGEMENT, "/ops/pbx/monitor/"))
    look(page, "pbx-monitor")

    page = sign_in(ALPHA, "owner@alpha.example")
    page.goto(portal.url(ALPHA, "/live/"))
    expect(page.get_by_text("A simulator plays these calls.")).to_be_visible()
    page.get_by_role("button", name="Front desk", exact=False).first.click()
    page.get_by_label("Show", exact=True).first.select_option("favourites")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("button", pressed=True)).to_have_count(1)
    look(page, "live-board")

    end = page.get_by_role("link", name="End", exact=False).first
    expect(end).to_be_visible()  # somebody calls within seconds
    address = end.get_attribute("href")
    end.click()
    page.get_by_role("button", name="End this call").click()
    expect(page.get_by_text("The call ends.")).to_be_visible()
    expect(page.locator(f'a[href="{address}"]')).to_have_count(0)
