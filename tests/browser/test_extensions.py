"""Creating extensions, changing, cloning, suspending and deleting one, and bringing it back (EXT-01 to 07, 10, 13).

In the company that no other journey uses: those of alpha fill it up to the number that it may have.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.portal import Portal
from tests.world import BETA

pytestmark = [pytest.mark.browser, pytest.mark.processes]


@pytest.mark.feature("EXT-02", "EXT-05", "EXT-10", "EXT-12", "EXT-13")
def test_a_range_is_created_and_one_of_it_changed_cloned_suspended_deleted_and_brought_back(
    sign_in: Callable[..., Page], portal: Portal, look: Callable[[Page, str], None]
) -> None:
    page = sign_in(BETA, "stranger@beta.example")
    create_three(page, portal)
    page.goto(portal.url(BETA, "/extensions/741/edit/"))
    page.get_by_label("Extension number").fill("742")
    page.get_by_role("button", name="Update").click()
    expect(page.locator(".error-summary")).to_be_focused()
    look(page, "extension-number-taken")
    page.get_by_label("Extension number").fill("744")
    page.get_by_label("Directory name").fill("Counter by the door")
    page.get_by_role("button", name="Update").click()

    page.get_by_role("link", name="Clone").click()
    page.get_by_label("Directory name").fill("Counter by the window")
    page.get_by_role("button", name="Clone").click()
    expect(page.get_by_text("Extension cloned.")).to_be_visible()

    page.goto(portal.url(BETA, "/extensions/744/"))
    page.get_by_role("link", name="Suspend").click()
    page.get_by_role("button", name="Suspend").click()
    expect(page.get_by_text("Extension suspended.")).to_be_visible()
    page.get_by_role("button", name="Put back in service").click()
    page.get_by_text("Actions", exact=True).click()
    page.locator("#extension-actions").get_by_role("link", name="Delete").click()
    look(page, "extension-delete")
    page.locator("form").get_by_role("button", name="Delete").click()

    page.get_by_role("button", name="Undo").first.click()
    page.goto(portal.url(BETA, "/extensions/744/"))
    expect(page.get_by_role("heading", name="Counter by the door")).to_be_visible()


def create_three(page: Page, portal: Portal) -> None:
    """741 to 743; done when the page after it is there."""
    page.goto(portal.url(BETA, "/extensions/range/"))
    page.get_by_label("First number").fill("741")
    page.get_by_label("How many").fill("3")
    page.get_by_label("Directory name").fill("Counter {number}")
    page.get_by_role("button", name="Create extensions").click()
    page.wait_for_url(lambda url: not url.endswith("/range/"))
