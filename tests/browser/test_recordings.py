"""Somebody who may looks for a recorded call, hears it and takes it along; with and without a mouse (CTL-07)."""

import os
from collections.abc import Callable
from datetime import UTC, datetime

import psycopg
import pytest
from playwright.sync_api import Page, expect
from redis import Redis

from tests.browser.portal import Portal
from tests.browser.simulator import MANAGEMENT, add_simulator
from tests.browser.test_voice import LENGTH
from tests.conftest import database_url
from tests.world import ALPHA

pytestmark = [pytest.mark.browser, pytest.mark.processes]


def leave_recordings() -> None:
    """Two calls of 101 were recorded: plays leave their own only after minutes."""
    with psycopg.connect(database_url(f"browser_{os.getpid()}")) as database:
        found = database.execute("SELECT id FROM t2.extensions_extension WHERE number = '101'").fetchone()
    extension = found[0] if found else 0
    now = int(datetime.now(UTC).timestamp())
    tapes = {f"e{extension}-in-{now - 600}-+6531580001-1.1": "9", f"e{extension}-out-{now - 60}-102-1.2": "4"}
    with Redis.from_url(os.environ["REDIS_URL"], decode_responses=True) as redis:
        for key in redis.scan_iter(f"browser_{os.getpid()}:pbx:simulator:*:digests"):
            for tenant in redis.hkeys(key):
                redis.hset(f"{key.removesuffix(':digests')}:tapes:{tenant}", mapping=tapes)


@pytest.mark.feature("CTL-07")
def test_recorded_calls_are_found_heard_and_downloaded(
    sign_in: Callable[..., Page], portal: Portal, look: Callable[[Page, str], None]
) -> None:
    add_simulator(sign_in(MANAGEMENT, "olivia@trunkline.example"), portal)
    leave_recordings()
    page = sign_in(ALPHA, "owner@alpha.example")
    page.get_by_role("link", name="Recorded calls").click()

    rows = page.get_by_role("row")
    expect(rows.filter(has_text="+65 3158 0001").filter(has_text="Incoming").filter(has_text="101")).to_have_count(1)
    expect(rows.filter(has_text="102").filter(has_text="Outgoing")).to_have_count(1)
    assert page.locator("audio").last.evaluate(LENGTH) == pytest.approx(9, abs=0.1)
    look(page, "recordings")

    with page.expect_download() as coming:
        page.get_by_role("link", name="Download").last.press("Enter")
    file = coming.value
    assert file.suggested_filename.endswith("-1.1.wav")
    assert file.path().read_bytes()[:4] == b"RIFF"

    page.goto(portal.url(ALPHA, "/audit/"))
    expect(page.get_by_text("Downloaded a recorded call").first).to_be_visible()
