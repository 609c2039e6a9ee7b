"""The extension list (EXT-03)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from extensions.models import Extension
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import NOON, reads

Browser = Callable[[User | None, Tenant], Client]
Create = Callable[..., Extension]


@pytest.fixture
def staff(create: Create, agent: User) -> None:
    """Extension 101 of the world, and three more."""
    create("102", first_name="Mei", last_name="Tan", email=agent.email, mobile="81234567")
    create("103", first_name="Omar", last_name="Aziz")
    Extension.objects.filter(number="103").update(state="suspended")
    create("2000", first_name="=HYPERLINK", last_name="Attack")


def numbers(text: str) -> list[str]:
    return [n for n in ("101", "102", "103", "2000") if f">{n}</a>" in text]


@pytest.mark.feature("EXT-03")
def test_the_list_shows_number_name_user_and_status(
    browser_of: Browser, alpha: Tenant, owner: User, staff: None
) -> None:
    page = browser_of(owner, alpha).get("/extensions/?columns=number,name,user,status,mobile").content.decode()

    assert numbers(page) == ["101", "102", "103", "2000"]
    for word in ("Mei Tan", "agent@alpha.example", "Suspended", "Active", "Unassigned", "+65 8123 4567"):
        assert word in page


@pytest.mark.feature("EXT-03")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=mei", ["102"]),
        ("q=10", ["101", "102", "103"]),
        ("q=agent@", ["102"]),
        ("q=8123 4567", ["102"]),
        ("q=nobody", []),
        ("q=%00", ["101", "102", "103", "2000"]),
        ("status=suspended", ["103"]),
        ("status=nonsense", ["101", "102", "103", "2000"]),
        ("sort=-number", ["101", "102", "103", "2000"]),
        ("sort=password", ["101", "102", "103", "2000"]),
    ],
)
def test_search_and_filter(
    browser_of: Browser, alpha: Tenant, owner: User, staff: None, query: str, found: list[str]
) -> None:
    answer = browser_of(owner, alpha).get(f"/extensions/?{query}")

    assert answer.status_code == 200
    assert numbers(answer.content.decode()) == found


@pytest.mark.feature("EXT-03")
@pytest.mark.parametrize("key", ["number", "name", "user", "teams", "status", "phones", "created", "mobile"])
def test_every_column_sorts_both_ways(browser_of: Browser, alpha: Tenant, owner: User, staff: None, key: str) -> None:
    browser = browser_of(owner, alpha)

    up, down = (
        browser.get(f"/extensions/?columns=number,{key}&sort={sign}{key}").content.decode() for sign in ("", "-")
    )

    assert up.count("<tr") == down.count("<tr") == 5
    assert 'aria-sort="ascending"' in up
    assert 'aria-sort="descending"' in down


@pytest.mark.feature("UXP-02")
def test_columns_are_chosen_in_the_address(browser_of: Browser, alpha: Tenant, owner: User, staff: None) -> None:
    page = browser_of(owner, alpha).get("/extensions/?columns=number,status").content.decode()

    assert "Mei Tan" not in page
    assert "Suspended" in page


@pytest.mark.feature("EXT-03")
def test_the_export_has_what_the_list_has_and_no_formulas(
    browser_of: Browser, alpha: Tenant, owner: User, staff: None
) -> None:
    answer = browser_of(owner, alpha).get("/extensions/?export=csv&sort=number&columns=number,name,mobile")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()

    assert answer["Content-Disposition"] == 'attachment; filename="extensions.csv"'
    assert lines[0] == "Number,Name,Mobile number"
    assert lines[2] == "102,Mei Tan,+6581234567"
    assert lines[4].startswith("2000,'=HYPERLINK")


def test_the_empty_list_offers_the_first_extension(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    with inside(alpha):
        Extension.objects.all().delete()

    page = browser_of(owner, alpha).get("/extensions/").content.decode()

    assert "No extensions yet" in page
    assert 'href="/extensions/new/"' in page


def test_no_match_offers_to_clear_the_filters(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    page = browser_of(owner, alpha).get("/extensions/?q=zzz").content.decode()

    assert "Nothing matches" in page


def test_the_list_needs_the_same_queries_for_1_and_50_rows(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)
    browser.get("/extensions/")
    with CaptureQueriesContext(connection) as one:
        browser.get("/extensions/")
    with inside(alpha):
        Extension.objects.bulk_create(
            Extension(number=str(n), directory_name=f"Desk {n}", sip_username=f"desk{n}", created_at=NOON)
            for n in range(200, 249)
        )
    with CaptureQueriesContext(connection) as fifty:
        browser.get("/extensions/")

    assert len(one) == len(fifty)
    assert reads(fifty) <= 8


@pytest.mark.feature("ROL-07")
@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("manager", 200), ("agent", 403)])
def test_who_may_see_the_list(
    request: pytest.FixtureRequest, browser_of: Browser, alpha: Tenant, who: str, status: int
) -> None:
    browser = browser_of(request.getfixturevalue(who), alpha)

    assert browser.get("/extensions/").status_code == status


def test_a_manager_sees_no_button_to_create(browser_of: Browser, alpha: Tenant, manager: User) -> None:
    assert "/extensions/new/" not in browser_of(manager, alpha).get("/extensions/").content.decode()


def test_somebody_not_signed_in_is_sent_to_sign_in(browser_of: Browser, alpha: Tenant) -> None:
    answer = browser_of(None, alpha).get("/extensions/")

    assert answer.status_code == 302
    assert "login" in answer["Location"]
