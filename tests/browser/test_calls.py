"""Call controls: forward while away, see the sentence and the way of a call, keep it as a test (CTL-01, CTL-06)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.portal import Portal
from tests.world import ALPHA

pytestmark = [pytest.mark.browser, pytest.mark.processes]


@pytest.mark.feature("CTL-01", "CTL-02", "CTL-06")
def test_set_a_forward_ask_what_happens_keep_it_and_test_a_number(
    sign_in: Callable[..., Page], portal: Portal, look: Callable[[Page, str], None]
) -> None:
    page = sign_in(ALPHA, "owner@alpha.example")
    page.goto(portal.url(ALPHA, "/extensions/101/calls/available/"))
    page.get_by_label("Calls from outside, When nobody answers: After").fill("10")
    page.get_by_label("Calls from outside, When nobody answers: After").blur()
    expect(page.get_by_label("Calls from outside, When nobody answers", exact=True)).to_be_checked()
    page.get_by_role("button", name="Save settings").click()
    expect(page.get_by_text("Calls ring the telephone 10 s, then voicemail.")).to_be_visible()
    look(page, "calls-profile")

    page.goto(portal.url(ALPHA, "/call-flow/?caller=%2B6591234567&dialled=101&at=2026-11-26T12:00&statuses=available"))
    expect(page.get_by_text("101 rings for 10 seconds")).to_be_visible()
    page.get_by_text("branches not taken").first.click()
    look(page, "calls-flow")
    page.get_by_role("link", name="Keep as a test").click()
    page.get_by_label("Name of the test").fill("A customer calls")
    page.get_by_role("button", name="Keep as a test").click()
    expect(page.locator(".chip-good").first).to_contain_text("As expected")

    page.goto(portal.url(ALPHA, "/call-controls/rules/new/"))
    page.locator("input[name=name]").fill("Office")
    page.get_by_role("button", name="Save", exact=True).click()
    for what in ("Local", "Mobile"):
        page.get_by_role("link", name="Add rule").click()
        page.locator("select[name=call_class]").select_option(label=what)
        page.get_by_role("button", name="Add rule").click()
    page.get_by_role("button", name="Move up: Mobile").click()
    page.locator("input[name=number]").fill("+6591234567")
    page.get_by_role("button", name="Test number").click()
    expect(page.locator(".rule-wins")).to_contain_text("Mobile")
    look(page, "calls-rules")
