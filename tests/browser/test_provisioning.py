"""A desk telephone's address, its fetches as a telephone makes them, and what the page says of them (PRV-01)."""

import http.client
import os
from collections.abc import Callable

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests.browser.portal import Portal
from tests.prepared import database_url
from tests.world import ALPHA

pytestmark = [pytest.mark.browser, pytest.mark.processes]
MAC = "805ec0409901"


@pytest.fixture
def phone(portal: Portal) -> int:
    """Extension 499 in alpha with a Yealink; its id."""
    with psycopg.connect(database_url(f"browser_{os.getpid()}"), autocommit=True) as database:
        database.execute(
            "INSERT INTO t2.extensions_extension (version, number, first_name, last_name, directory_name, email, "
            "mobile, sip_username, sip_password, state, created_at) VALUES (1, '499', '', '', 'Canteen', '', '', "
            "'canteen499', '', 'unassigned', now()) ON CONFLICT (number) DO NOTHING"
        )
        found = database.execute(
            "INSERT INTO t2.extensions_phone (version, mac, model, extension_id, modules, place, created_at) "
            "SELECT 1, %s, 'yealink-t54w', id, 0, '', now() FROM t2.extensions_extension WHERE number = '499' "
            "RETURNING id",
            [MAC],
        ).fetchone()
    assert found
    return int(found[0])


def fetch(portal: Portal, path: str) -> tuple[int, str]:
    """What a telephone gets: no cookies, its own name."""
    asking = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=10)
    headers = {"Host": f"{ALPHA}:{portal.port}", "User-Agent": "Yealink SIP-T54W 96.86.0.100"}
    asking.request("GET", path, headers=headers)
    answer = asking.getresponse()
    return answer.status, answer.read().decode()


@pytest.mark.feature("PRV-01")
def test_a_telephone_is_given_an_address_and_fetches_from_it(
    sign_in: Callable[..., Page], portal: Portal, look: Callable[[Page, str], None], phone: int
) -> None:
    page = sign_in(ALPHA, "owner@alpha.example")
    page.goto(portal.url(ALPHA, f"/phones/{phone}/"))
    page.get_by_role("link", name="Configuration", exact=True).click()
    page.get_by_role("link", name="Make an address").click()
    page.get_by_role("button", name="Make the address").click()
    expect(page.get_by_role("heading", name="Enter this in the telephone")).to_be_visible()
    path = page.locator("dd .mono", has_text="/p/").inner_text().split(f":{portal.port}")[1]
    look(page, "telephone-address")

    boot, config, other = (fetch(portal, f"{path}{name}") for name in (f"{MAC}.boot", f"{MAC}.cfg", "other.cfg"))
    page.goto(portal.url(ALPHA, f"/phones/{phone}/configuration/"))

    assert (boot[0], config[0], other) == (200, 200, (404, "Not found\n"))
    assert "account.1.user_name = 499" in config[1]
    expect(page.get_by_text("Up to date").first).to_be_visible()
    expect(page.locator("table.grid")).to_contain_text(f"{MAC}.cfg")
    page.get_by_role("link", name="Files", exact=True).click()
    expect(page.locator("pre").nth(1)).to_contain_text("account.1.password = ••••••••")
    look(page, "telephone-files")
    page.get_by_role("link", name="Configuration", exact=True).click()
    page.get_by_role("button", name="Fetch again now").click()
    expect(page.get_by_role("alert").or_(page.locator(".toast")).first).to_be_visible()
