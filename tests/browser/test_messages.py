"""Somebody hears, marks, deletes and gets back messages that callers left, with and without a mouse."""

import os
import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from redis import Redis

from extensions.pbx.messages import Folder, Message
from extensions.pbx.simulator.inbox import key_of, write_message
from tests.browser.portal import Portal
from tests.browser.simulator import MANAGEMENT, add_simulator
from tests.browser.test_voice import LENGTH
from tests.world import ALPHA

pytestmark = [pytest.mark.browser, pytest.mark.processes]


def add_box(page: Page, portal: Portal) -> str:
    """A shared box; the address of its messages."""
    page.goto(portal.url(ALPHA, "/voicemail/new/"))
    page.get_by_label("Number").fill("510")
    page.get_by_label("Name").fill("Repairs")
    page.get_by_role("button", name="Create shared box").click()
    return page.get_by_role("link", name="Messages", exact=True).get_attribute("href") or ""


def leave_messages(box: int) -> None:
    """Two callers speak into the box with this key: a simulator invents messages only for boxes that were there when
    it began to play."""
    at = datetime.now(UTC)
    left = [Message(box, f"left-{place}", Folder.NEW, "+6531580001", "Harbour Cafe", at, 9) for place in range(2)]
    texts = {key_of(box, one.id): write_message(one) for one in left}
    with Redis.from_url(os.environ["REDIS_URL"], decode_responses=True) as redis:
        for key in redis.scan_iter(f"browser_{os.getpid()}:pbx:simulator:*:digests"):
            simulator = key.removesuffix(":digests")
            for tenant in redis.hkeys(key):
                redis.hset(f"{simulator}:messages:{tenant}", mapping=texts)
                redis.sadd(f"{simulator}:changed", tenant)


@pytest.mark.feature("VM-05")
def test_messages_are_heard_deleted_and_got_back(
    sign_in: Callable[..., Page], portal: Portal, look: Callable[[Page, str], None]
) -> None:
    messages = add_box(sign_in(ALPHA, "owner@alpha.example"), portal)
    add_simulator(sign_in(MANAGEMENT, "olivia@trunkline.example"), portal)
    leave_messages(int(re.findall(r"\d+", messages)[0]))
    page = sign_in(ALPHA, "owner@alpha.example")
    page.goto(portal.url(ALPHA, messages))
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
