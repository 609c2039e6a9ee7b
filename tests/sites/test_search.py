"""Search over everything that a person may see (UXP-01)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from extensions.models import Extension, Team
from portal.accounts.models import User
from portal.sites.search.find import usable
from portal.sites.search.sources import MANAGEMENT, TENANT
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import NOON, reads

Browser = Callable[[User | None, Tenant], Client]
PALETTE = "/-/palette/"


def found(browser: Client, text: str, address: str = PALETTE) -> str:
    answer = browser.get(address, {"q": text}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def wei(alpha: Tenant) -> None:
    with inside(alpha):
        Extension.objects.create(number="204", directory_name="Chen Wei", sip_username="wei", created_at=NOON)
        Team.objects.create(name="Weinkeller", number="600")


@pytest.mark.feature("UXP-01")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("chen", "204 Chen Wei"),
        ("204", "204 Chen Wei"),
        ("wein", "Weinkeller"),
        ("agent@alpha", "agent@alpha.example"),
        ("exten", "Extensions"),
        ("create ext", "Create extension"),
        ("forwarding", "Call controls"),
        ("ring group", "Teams"),
        ("parking", "Setting up Shared Parking"),
    ],
)
def test_the_palette_finds_things_places_and_actions(
    browser_of: Browser, alpha: Tenant, owner: User, wei: None, text: str, expected: str
) -> None:
    assert expected in found(browser_of(owner, alpha), text)


@pytest.mark.feature("UXP-01")
def test_nobody_finds_what_they_may_not_see(browser_of: Browser, alpha: Tenant, agent: User, wei: None) -> None:
    page = found(browser_of(agent, alpha), "chen")

    assert "204" not in page
    assert "Nothing here is called “chen”" in page


@pytest.mark.feature("UXP-01", "SEC-06")
def test_nobody_finds_what_belongs_to_another_tenant(
    browser_of: Browser, beta: Tenant, stranger: User, wei: None
) -> None:
    assert "Chen Wei" not in found(browser_of(stranger, beta), "chen")


@pytest.mark.feature("UXP-01")
@pytest.mark.parametrize(("text", "expected"), [("alpha", "AlphaPhones"), ("2", ""), ("standard", "Standard")])
def test_operators_find_tenants_and_templates(
    browser_of: Browser, management: Tenant, olivia: User, text: str, expected: str
) -> None:
    assert expected in found(browser_of(olivia, management), text)


@pytest.mark.parametrize("text", ["\x00", "%", "_", "'", "a" * 500, "  ", "<script>"])
def test_odd_texts_are_no_trouble(browser_of: Browser, alpha: Tenant, owner: User, text: str) -> None:
    assert "<script>" not in found(browser_of(owner, alpha), text)


def test_the_search_page_needs_no_script(browser_of: Browser, alpha: Tenant, owner: User, wei: None) -> None:
    page = browser_of(owner, alpha).get("/search/", {"q": "chen"}).content.decode()

    assert 'href="/extensions/204/"' in page
    assert 'action="/search/"' in page or 'method="get"' in page


def test_a_search_is_one_query_over_all_sources(browser_of: Browser, alpha: Tenant, owner: User, wei: None) -> None:
    browser = browser_of(owner, alpha)
    found(browser, "chen")

    with CaptureQueriesContext(connection) as captured:
        found(browser, "chen")

    assert sum("UNION" in query["sql"] for query in captured) == 1
    assert reads(captured) <= 8


def test_every_source_leads_to_a_page(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    missing = [str(source.title) for source in TENANT if not usable(source)]

    assert missing == []
    assert len(MANAGEMENT) > 3


def test_the_sheet_of_shortcuts_is_there(browser_of: Browser, alpha: Tenant, agent: User) -> None:
    assert "Ctrl" in browser_of(agent, alpha).get("/-/shortcuts/").content.decode()
