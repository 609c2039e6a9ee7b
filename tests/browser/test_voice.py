"""Parking with one click, a greeting that really plays, and a conference room with a PIN."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.portal import Portal
from tests.extensions.voice.sounds import wav
from tests.world import ALPHA

pytestmark = [pytest.mark.browser, pytest.mark.processes]
# Chromium reads the length from the bytes only where the page may load sound and the answer allows parts of it.
LENGTH = "async player => { player.preload = 'metadata'; player.load(); await new Promise((ready, lost) => { player.onloadedmetadata = ready; player.onerror = lost; }); return player.duration; }"  # noqa: E501


@pytest.mark.feature("PRK-01", "VM-04", "SEC-07", "CONF-01")
def test_an_administrator_sets_up_parking_a_greeting_and_a_room(
    sign_in: Callable[..., Page], portal: Portal, look: Callable[[Page, str], None]
) -> None:
    page = sign_in(ALPHA, "owner@alpha.example")
    page.goto(portal.url(ALPHA, "/parking/"))
    page.get_by_role("button", name="Create slots 801–810").click()
    expect(page.locator(".slot")).to_have_count(10)
    look(page, "parking")

    page.goto(portal.url(ALPHA, "/voicemail/new/"))
    page.get_by_label("Number").fill("500")
    page.get_by_label("Name").fill("Orders")
    page.get_by_role("button", name="Create shared box").click()
    page.get_by_role("link", name="Change the greeting").click()
    sound = {"name": "hello.wav", "mimeType": "audio/wav", "buffer": wav(2)}
    page.get_by_label("Or upload a new one").set_input_files(sound)
    page.get_by_role("button", name="Save greeting").click()
    expect(page.locator("audio")).to_be_visible()
    assert page.locator("audio").evaluate(LENGTH) == pytest.approx(2, abs=0.1)
    look(page, "voicemail-box")

    page.goto(portal.url(ALPHA, "/conference/new/"))
    page.get_by_label("Number").fill("900")
    page.get_by_label("Name").fill("Board room")
    page.get_by_role("button", name="Create room").click()
    expect(page.locator(".secret-once")).to_have_text(re.compile(r"^\d{6}$"))
    page.get_by_role("link", name="Choose members").click()
    page.get_by_label("101").check()
    page.get_by_role("button", name="Save members").click()
    expect(page.get_by_text("Members saved.")).to_be_visible()
    look(page, "conference-room")
