"""Licences, walked by an owner: provision a range, assign it, choose add-ons and a number, find and download them."""

import os
import re
from collections.abc import Callable

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests.browser.portal import Portal
from tests.conftest import database_url
from tests.world import ALPHA

pytestmark = [pytest.mark.browser, pytest.mark.processes]


@pytest.fixture
def stock(portal: Portal) -> None:
    """Alpha has add-ons, number licences, and a number that rings nobody."""
    with psycopg.connect(database_url(f"browser_{os.getpid()}"), autocommit=True) as database:
        database.execute(
            "INSERT INTO t2.licensing_pool (sku, bought, used) VALUES ('team_chat', 5, 0), "
            "('device_mobile_app', 4, 0), ('license_number', 2, 0) ON CONFLICT DO NOTHING"
        )
        database.execute(
            "INSERT INTO t2.extensions_outsidenumber (e164, kind, country) VALUES ('+6561000451', 'geographic', 'SG') "
            "ON CONFLICT DO NOTHING"
        )


@pytest.mark.feature("LIC-01", "LIC-02", "LIC-03", "LIC-04", "LIC-06", "LIC-07", "EXT-09", "EXP-01")
def test_from_provisioning_to_the_export(
    sign_in: Callable[..., Page], portal: Portal, look: Callable[[Page, str], None], stock: None
) -> None:
    page = sign_in(ALPHA, "owner@alpha.example")
    page.get_by_text("Owner", exact=True).first.click()
    page.get_by_role("link", name="Manage Organization").click()
    look(page, "licences")
    page.get_by_role("link", name="Manage Phone System").click()
    page.get_by_role("link", name="Provision", exact=True).click()
    provision(page, look)

    page.get_by_label("User of 451").fill("manager@alpha.example")
    look(page, "licences-assign")
    page.get_by_role("button", name="Assign", exact=True).click()
    expect(page.get_by_text("1 user assigned.")).to_be_visible()
    page.goto(portal.url(ALPHA, "/licences/phone-system/?q=451"))  # other journeys make many more than one page of them
    choose_addons_and_number(page, look)

    page.goto(portal.url(ALPHA, "/licences/phone-system/?q=451"))
    expect(page.get_by_text("+65 6100 0451")).to_be_visible()
    look(page, "licences-phone-system")
    page.get_by_text("Download", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Export provisioned extension").click()
    name = r"[0-9a-f-]{36}_\d{14}_license_phonesystem_provisioned_extension\.csv"
    assert re.fullmatch(name, download.value.suggested_filename)


def provision(page: Page, look: Callable[[Page, str], None]) -> None:
    """The button is off while the preview shows an error."""
    button = page.get_by_role("button", name="Provision & Assign")
    page.get_by_label("Number of Users").fill("2")
    page.get_by_label("Start from Extension").fill("45")
    expect(page.get_by_text(re.compile("Start from Extension: Use 3 to 5 digits"))).to_be_visible()
    expect(button).to_be_disabled()
    page.get_by_label("Start from Extension").fill("451")
    expect(page.get_by_text("2 extensions: 451 to 452")).to_be_visible()
    look(page, "licences-provision")
    button.click()


def choose_addons_and_number(page: Page, look: Callable[[Page, str], None]) -> None:
    """Manage → Choose Assigned Addons, then Change Number of the extension."""
    page.get_by_role("link", name="Manage licenses of 451").click()
    page.get_by_role("link", name="Choose Assigned Addons").click()
    page.get_by_label("Team Chat").check()
    page.get_by_label("Mobile App").fill("2")
    look(page, "licences-addons")
    page.get_by_role("button", name="Assign", exact=True).click()
    page.get_by_text("Actions", exact=True).click()
    page.get_by_role("link", name="Change Number").click()
    page.get_by_label("+65 6100 0451").check()
    page.get_by_role("button", name="Change Number").click()
    expect(page.get_by_text("Mobile App × 2, Team Chat").first).to_be_visible()
