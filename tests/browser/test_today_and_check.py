"""From the start page to a finding, and one click that mends it (LNT-01)."""

import os
from collections.abc import Callable

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests.browser.portal import Portal
from tests.conftest import database_url
from tests.world import ALPHA

pytestmark = [pytest.mark.browser, pytest.mark.processes]


@pytest.fixture
def suspended_member(portal: Portal) -> None:
    """The ring group 641 Workshop in alpha, with 642 Ida and 643 Jon, who is suspended."""
    with psycopg.connect(database_url(f"browser_{os.getpid()}"), autocommit=True) as database:
        database.execute(
            "INSERT INTO t2.extensions_extension (number, first_name, last_name, directory_name, email, mobile, "
            "sip_username, sip_password, state, created_at, version) SELECT n, '', '', name, '', '', 'check' || n, "
            "'', state, now(), 1 FROM (VALUES ('642', 'Ida', 'unassigned'), ('643', 'Jon', 'suspended')) "
            "AS desks (n, name, state)"
        )
        database.execute(
            "INSERT INTO t2.extensions_team (name, description, number, strategy, ring_seconds, version) "
            "VALUES ('Workshop', '', '641', 'all', 20, 1)"
        )
        database.execute(
            "INSERT INTO t2.extensions_teammember (team_id, extension_id, position) SELECT team.id, desk.id, "
            "row_number() OVER (ORDER BY desk.number) FROM t2.extensions_extension AS desk, t2.extensions_team AS team "
            "WHERE desk.number IN ('642', '643') AND team.number = '641'"
        )


@pytest.mark.feature("LNT-01")
def test_a_problem_is_found_on_demand_told_on_the_start_page_and_mended_by_one_click(
    sign_in: Callable[..., Page], portal: Portal, look: Callable[[Page, str], None], suspended_member: None
) -> None:
    page = sign_in(ALPHA, "owner@alpha.example")
    page.goto(portal.url(ALPHA, "/check/"))
    page.get_by_role("button", name="Check now").click()
    expect(page.get_by_text("643 Jon is suspended and does not ring.")).to_be_visible()
    look(page, "check")

    page.get_by_role("link", name="Today").click()
    look(page, "today")
    page.locator('a[href="/check/?severity=warning"]').click()
    page.get_by_role("button", name="Take out of the team (641 Workshop)").click()

    expect(page.get_by_text("Member taken out of the team.")).to_be_visible()
    expect(page.get_by_text("643 Jon is suspended and does not ring.")).to_have_count(0)
