"""A file of people becomes extensions: create, upload, mend, start, report, undo (BLK)."""

import os
from collections.abc import Callable

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests.browser.portal import Portal
from tests.conftest import database_url
from tests.world import ALPHA

pytestmark = [pytest.mark.browser, pytest.mark.processes]
HEADING = "Ext Key;User's Name;Number\r\n"
PEOPLE = """
INSERT INTO t2.accounts_user (password, username, personnel_id, email, display_name, kind, is_active, created_at,
  language, theme, compact)
SELECT '', 'crew' || n || '@alpha.example', '', '', 'Crew Member ' || n, 'person', true, now(), '', 'auto', true
FROM generate_series(1, 6) AS n ON CONFLICT DO NOTHING
"""
POOLS = """
INSERT INTO t2.licensing_pool (sku, bought, used) VALUES ('team_chat', 20, 0), ('license_number', 20, 0)
ON CONFLICT (sku) DO UPDATE SET bought = t2.licensing_pool.used + 20;
UPDATE t2.licensing_pool SET bought = used + 20 WHERE sku = 'phone_system';
INSERT INTO t2.extensions_outsidenumber (e164, kind, country) VALUES ('+6567770001', 'geographic', 'SG')
ON CONFLICT DO NOTHING
"""


@pytest.fixture
def crew(portal: Portal) -> None:
    """Six people of alpha without an extension, a number, and licences for all of them."""
    with psycopg.connect(database_url(f"browser_{os.getpid()}"), autocommit=True) as database:
        database.execute(PEOPLE)
        database.execute(POOLS)


@pytest.mark.feature("BLK-01", "BLK-05", "BLK-15", "BLK-17", "BLK-20", "BLK-23", "BLK-24", "BLK-26")
def test_a_file_of_people_becomes_extensions_and_is_taken_back(
    sign_in: Callable[..., Page], portal: Portal, look: Callable[..., None], crew: None
) -> None:
    page = sign_in(ALPHA, "owner@alpha.example")
    page.goto(portal.url(ALPHA, "/licences/phone-system/"))
    _create_and_upload(page, look)
    page.locator(".work-actions").get_by_role("link", name="Assign").click()
    expect(page.get_by_text("3 users can be assigned")).to_be_visible()
    look(page, "bulk-start")
    page.get_by_role("button", name="Start the assignment").click()
    expect(
        page.get_by_text("3 of 3 assigned, 0 failed, 0 skipped").or_(page.locator("svg.assign-donut"))
    ).to_be_visible()
    expect(page.get_by_role("link", name="Undo the run")).to_be_visible()
    look(page, "bulk-report")

    page.goto(portal.url(ALPHA, "/licences/phone-system/bulk/"))
    expect(page.get_by_role("row", name="Night crew").get_by_text("Completed")).to_be_visible()
    look(page, "bulk-list")
    page.get_by_role("link", name="Report: Night crew").click()
    page.get_by_role("link", name="Undo the run").click()
    page.get_by_role("button", name="Undo the run").click()
    expect(page.locator(".assign-counts").get_by_text("Undone")).to_be_visible()


def _upload(page: Page, name: str, text: str) -> None:
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "text/csv", "buffer": text.encode()})
    page.get_by_role("button", name="Upload and check").click()


def _create_and_upload(page: Page, look: Callable[..., None]) -> None:
    page.get_by_role("link", name="Bulk Assignment").click()
    page.get_by_role("link", name="Create").first.click()
    page.locator("#id_name").fill("Night crew")
    page.get_by_label("Team Chat").check()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("link", name="Assign", disabled=True)).to_be_visible()

    page.set_input_files("input[type=file]", {"name": "big.csv", "mimeType": "text/csv", "buffer": b"x" * 5_242_881})
    expect(page.get_by_text("The file is larger than 5 MB. Divide it into several.")).to_be_visible()
    expect(page.get_by_role("button", name="Upload and check")).to_be_disabled()
    rows = "771;Crew Member 1;+6567770001\r\n772;Crew Member 2;\r\n77;Crew Membre 3;1.2E+9\r\n"
    _upload(page, "crew.csv", HEADING + rows)
    expect(page.get_by_text("1 of 3 rows has a problem")).to_be_visible()
    expect(page.get_by_text("An Ext Key has 3 to 5 digits; this one has 2.")).to_be_visible()
    look(page, "bulk-users")
    page.get_by_role("button", name="Take them out").click()
    _upload(page, "more.csv", HEADING + "773;Crew Member 3;\r\n")
    expect(page.get_by_text("3 rows, and all of them are fine.")).to_be_visible()
