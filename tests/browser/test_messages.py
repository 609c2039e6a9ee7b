"""Somebody hears, marks, deletes and gets back messages that the simulator left, with and without a mouse."""

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from redis import Redis

from tests.browser.portal import Portal
from tests.browser.test_voice import LENGTH
from tests.world import ALPHA

pytestmark = [pytest.mark.browser, pytest.mark.processes]
MANAGEMENT = "trunkline.localhost"


def add_box(page: Page, portal: Portal) -> str:
    """A shared box; the address of its messages."""
    page.goto(portal.url(ALPHA, "/voicemail/new/"))
    page.get_by_label("Number").fill("510")
    page.get_by_label("Name").fill("Repairs")
    page.get_by_role("button", name="Create shared box").click()
    return page.get_by_role("link", name="Messages", exact=True).get_attribute("href") or ""


def add_simulator(page: Page, portal: Portal) -> None:
    """Unless another journey in this portal added one: a tenant stays on the PBX that it is on."""
    page.goto(portal.url(MANAGEMENT, "/ops/pbx/"))
    if page.get_by_text("Demonstration").count():
        return
    page.goto(portal.url(MANAGEMENT, "/ops/pbx/new/"))
    page.get_by_label("Name", exact=False).first.fill("Messages")
    page.get_by_label("Kind").select_option("simulator")
    page.get_by_role("button", name="Save PBX").click()
    alpha = page.get_by_role("row", name="AlphaPhones")
    expect(alpha.get_by_text("In force", exact=True)).to_be_visible(timeout=20_000)


def play_anew() -> None:
    """Boxes made after a simulator began to play a company are empty; another journey may have let it begin."""
    with Redis.from_url(os.environ["REDIS_URL"]) as redis:
        for key in redis.scan_iter(f"browser_{os.getpid()}:pbx:simulator:*:begun:*"):
            redis.delete(key)


@pytest.mark.feature("VM-05")
def test_messages_are_heard_deleted_and_got_back(
    sign_in: Callable[..., Page], portal: Portal, look: Callable[[Page, str], None]
) -> None:
    play_anew()
    messages = add_box(sign_in(ALPHA, "owner@alpha.example"), portal)
    add_simulator(sign_in(MANAGEMENT, "olivia@trunkline.example"), portal)
    page = sign_in(ALPHA, "owner@alpha.example")
    page.goto(portal.url(ALPHA, messages))
    for _turn in range(20):
        if page.locator("audio").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    assert page.locator("audio").first.evaluate(LENGTH) > 3
    look(page, "messages")

    had = page.locator("audio").count()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("1 message deleted. It can be got back under Deleted.")).to_be_visible()
    page.get_by_role("link", name="Deleted 1").click()
    look(page, "messages-deleted")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Get back").click()
    expect(page.get_by_text("1 message is back.")).to_be_visible()
    page.get_by_role("link", name="Messages", exact=False).last.click()
    assert page.locator("audio").count() >= had

    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Forward").click()
    page.get_by_label("To the box of").fill("999")
    page.get_by_role("button", name="Forward").click()
    words = "Enter the number of an extension or of a shared voicemail box."
    expect(page.get_by_text(words, exact=True)).to_be_visible()
    look(page, "message-forward")
