"""The PBX of browser journeys: a simulator that says it is one, and plays alpha's calls."""

from playwright.sync_api import Page, expect

from tests.browser.portal import Portal

MANAGEMENT, NAME = "trunkline.localhost", "Demonstration"


def add_simulator(page: Page, portal: Portal) -> None:
    """As an operator, unless another journey in this portal did: a tenant stays on the PBX that it is on. Ends on the
    simulator's page, where alpha's configuration is in force."""
    page.goto(portal.url(MANAGEMENT, "/ops/pbx/"))
    there = page.get_by_role("link", name=NAME)
    if there.count():
        there.first.click()
    else:
        page.goto(portal.url(MANAGEMENT, "/ops/pbx/new/"))
        page.get_by_label("Name", exact=False).first.fill(NAME)
        page.get_by_label("Kind").select_option("simulator")
        page.get_by_role("button", name="Save PBX").click()
    alpha = page.get_by_role("row", name="AlphaPhones")
    expect(alpha.get_by_text("In force", exact=True)).to_be_visible()
