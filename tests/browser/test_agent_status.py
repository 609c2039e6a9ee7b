"""Agent status in a real browser: set for a colleague, seen in the directory, replaced when it is switched off."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.portal import Portal
from tests.world import ALPHA

pytestmark = [pytest.mark.browser, pytest.mark.processes]


@pytest.mark.feature("PRS-01", "PRS-03", "UXP-03")
def test_a_status_set_for_a_colleague_shows_to_everybody_and_is_replaced(
    sign_in: Callable[..., Page], portal: Portal
) -> None:
    page = sign_in(ALPHA, "agent@alpha.example")
    assert page.url.endswith("/me/")
    page.get_by_role("link", name="Directory").click()
    expect(page.get_by_text("Front desk")).to_be_visible()

    owner = sign_in(ALPHA, "owner@alpha.example")
    owner.goto(portal.url(ALPHA, "/status/"))
    owner.get_by_role("link", name="101").click()
    owner.get_by_role("link", name="Set status").click()
    owner.get_by_label("Status").select_option(label="Away")
    owner.get_by_label("Note").fill("At the dentist")
    owner.get_by_role("button", name="Set status").click()
    expect(owner.locator(".work-title .state-away")).to_be_visible()
    expect(owner.get_by_role("cell", name="A manager")).to_be_visible()

    owner.goto(portal.url(ALPHA, "/agents/"))
    owner.get_by_role("link", name="Switch off Away").click()
    owner.get_by_label("Status that takes its place").select_option(label="Busy")
    owner.get_by_role("button", name="Switch off").click()
    expect(owner.get_by_text("Status switched off.")).to_be_visible()

    page.reload()
    expect(page.locator(".state-busy")).to_be_visible()
