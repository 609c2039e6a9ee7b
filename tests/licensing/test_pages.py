"""The pages of licences: Manage Organization, Phone System, Provision, add-ons, numbers (LIC, EXT-04, PLT-12)."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from extensions.models import Extension, OutsideNumber
from extensions.services.suspend import suspend_extension
from licensing.models import AssignedAddon
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import NOON, reads

Browser = Callable[[User | None, Tenant], Client]
PHONE_SYSTEM = "/licences/phone-system/"


@pytest.fixture
def browser(browser_of: Browser, alpha: Tenant, owner: User) -> Client:
    return browser_of(owner, alpha)


def text(page: str) -> str:
    """What a person reads: without tags, blanks joined."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


@pytest.mark.feature("LIC-01")
def test_manage_organization_lists_licences_with_what_is_left(browser: Client, stocked: None) -> None:
    page = browser.get("/licences/").content.decode()

    assert "Manage Organization" in browser.get("/").content.decode()
    assert 'href="/licences/" aria-current="page"' in page
    assert "Phone System Base license 9 1 / 10" in text(page)
    assert "Team Chat Add-on 2 1 / 3" in text(page)
    assert "Number Number license 1 1 / 2" in text(page)
    assert f'href="{PHONE_SYSTEM}"' in page
    assert 'href="/licences/phone-system/?licence=team_chat"' in page


@pytest.mark.feature("LIC-14")
@pytest.mark.parametrize(
    ("query", "licences", "extensions"),
    [("chat", ["Team Chat"], []), ("101", [], ["101"]), ("front", [], ["101"]), ("zzz", [], [])],
)
def test_licences_are_found_by_type_user_and_extension(
    browser: Client, stocked: None, query: str, licences: list[str], extensions: list[str]
) -> None:
    page = browser.get(f"/licences/?q={query}").content.decode()

    assert re.findall(r"<td><b>([^<]+)</b></td>", page) == licences
    assert re.findall(r'licences/phone-system/(\d+)/">', page) == extensions
    assert ("No license, user or extension" in page) == (not licences and not extensions)


@pytest.mark.feature("LIC-14")
def test_phone_system_is_searched_by_user_extension_and_licence(
    browser: Client, stocked: None, create: Callable[..., Extension], agent: User
) -> None:
    create("102", email=agent.email)

    def found(query: str) -> list[str]:
        page = browser.get(f"{PHONE_SYSTEM}?{query}").content.decode()
        return re.findall(r'class="mono" href="/extensions/(\d+)/"', page)

    assert found("q=10") == ["101", "102"]
    assert found("q=agent@") == ["102"]
    assert found("licence=team_chat") == ["101"]
    assert found("number=without") == ["102"]
    assert found("person=with") == ["102"]
    row = text(browser.get(f"{PHONE_SYSTEM}?q=101").content.decode())
    assert "Mobile App × 2, Team Chat" in row
    assert "+65 6100 0001" in row


@pytest.mark.feature("LIC-13")
def test_a_suspended_extension_of_nobody_is_not_counted_as_given_to_a_user(
    browser: Client, stocked: None, create: Callable[..., Extension], agent: User, owner: User
) -> None:
    suspend_extension(extension=create("102"), by=owner)
    suspend_extension(extension=create("103", email=agent.email), by=owner)

    page = text(browser.get(PHONE_SYSTEM).content.decode())

    assert "7 unprovisioned, 2 provisioned without a user, 1 assigned to users" in page


@pytest.mark.feature("LIC-12")
def test_numbers_are_listed_with_whom_they_ring(browser: Client, stocked: None) -> None:
    page = text(browser.get(f"{PHONE_SYSTEM}numbers/").content.decode())

    assert "+65 6100 0001 Geographic SG Assigned 101" in page
    assert "+65 6100 0002 Geographic SG Available" in page
    assert "6100 0001" not in browser.get(f"{PHONE_SYSTEM}numbers/?state=available").content.decode()


@pytest.mark.feature("LIC-02", "LIC-04", "LIC-06")
def test_provision_then_assign_then_done(browser: Client, stocked: None, alpha: Tenant, agent: User) -> None:
    form = text(browser.get(f"{PHONE_SYSTEM}provision/").content.decode())
    made = browser.post(f"{PHONE_SYSTEM}provision/", {"count": "2", "first": "201"})
    assign = browser.get(made["Location"]).content.decode()
    with inside(alpha):
        first = Extension.objects.get(number="201")
    done = browser.post(made["Location"], {f"extension_{first.pk}": agent.username})

    for word in ("Number of Users", "Start from Extension", "Provision & Assign"):
        assert word in form
    assert made["Location"] == f"{PHONE_SYSTEM}assign/?first=201&last=202"
    assert "User of 201" in assign
    assert f'value="{agent.username}"' in assign
    assert done["Location"] == PHONE_SYSTEM
    with inside(alpha):
        first.refresh_from_db()
    assert first.user_id == agent.pk
    again = browser.get(made["Location"]).content.decode()
    assert "User of 202" in again
    assert f'value="{agent.username}"' not in again  # who has one is not offered


@pytest.mark.feature("LIC-06")
def test_where_everybody_has_an_extension_the_page_leads_to_a_new_user(
    browser: Client, stocked: None, alpha: Tenant, owner: User
) -> None:
    with inside(alpha):
        User.objects.exclude(pk=owner.pk).update(is_active=False)
        Extension.objects.filter(number="101").update(user=owner, state="active")
    made = browser.post(f"{PHONE_SYSTEM}provision/", {"count": "1", "first": "201"})

    page = browser.get(made["Location"]).content.decode()

    assert "Create a user first" in page
    assert 'href="/users/new/"' in page


@pytest.mark.feature("LIC-02", "LIC-03", "LIC-05")
@pytest.mark.parametrize(
    ("count", "first", "sentence"),
    [
        ("0", "201", "1"),
        ("2", "20", "3 to 5 digits"),
        ("2", "200000", "3 to 5 digits"),
        ("2", "20a", "3 to 5 digits"),
        ("2", "100", "101"),
        ("2", "99999", "only 1"),
        ("10", "201", "10 licenses are needed, 9 are free"),
    ],
)
def test_while_something_is_wrong_the_button_is_off_and_the_server_refuses(
    browser: Client, stocked: None, alpha: Tenant, count: str, first: str, sentence: str
) -> None:
    given = {"count": count, "first": first}

    preview = browser.get(f"{PHONE_SYSTEM}provision/preview/", given).content.decode()
    answer = browser.post(f"{PHONE_SYSTEM}provision/", given)

    assert sentence in text(preview)
    assert re.search(r"<button[^>]* disabled>Provision", preview)
    assert answer.status_code == 422
    assert f'value="{first[:5]}' in answer.content.decode()
    with inside(alpha):
        assert Extension.objects.count() == 1


@pytest.mark.feature("LIC-03", "LIC-05")
def test_the_preview_of_a_possible_range_leaves_the_button_on(browser: Client, stocked: None) -> None:
    preview = browser.get(f"{PHONE_SYSTEM}provision/preview/", {"count": "3", "first": "201"}).content.decode()

    assert "3 extensions: 201 to 203" in text(preview)
    assert "6 Phone System licenses are left" in text(preview)
    assert "disabled" not in preview


@pytest.mark.feature("LIC-07", "LIC-08", "EXT-08")
def test_manage_then_choose_assigned_addons(browser: Client, stocked: None, alpha: Tenant, desk: Extension) -> None:
    manage = browser.get(f"{PHONE_SYSTEM}101/").content.decode()
    form = text(browser.get(f"{PHONE_SYSTEM}101/addons/").content.decode())
    done = browser.post(f"{PHONE_SYSTEM}101/addons/", {"addon_device_mobile_app": "3"})
    refused = browser.post(f"{PHONE_SYSTEM}101/addons/", {"addon_device_mobile_app": "6"})

    assert "Choose Assigned Addons" in manage
    assert "Team Chat 2 available" in form
    assert done["Location"] == "/extensions/101/"
    assert refused.status_code == 422
    assert "3 licenses are needed, 2 are free" in text(refused.content.decode())
    with inside(alpha):
        assert list(AssignedAddon.objects.values_list("pool", "quantity")) == [("device_mobile_app", 3)]


@pytest.mark.feature("EXT-08")
def test_an_old_page_of_add_ons_takes_nothing_back_that_somebody_else_gave(
    browser: Client, stocked: None, alpha: Tenant, desk: Extension
) -> None:
    address = f"{PHONE_SYSTEM}101/addons/"
    drawn = re.findall(r'name="(was_\w+)" value="(\d+)"', browser.get(address).content.decode())
    was = dict(drawn)
    browser.post(address, {**was, "addon_device_mobile_app": "3", "addon_team_chat": "on"})

    stale = browser.post(address, {**was, "addon_device_mobile_app": "2"})

    assert was == {"was_device_mobile_app": "2", "was_team_chat": "1"}
    assert stale.status_code == 302
    with inside(alpha):
        assert list(AssignedAddon.objects.values_list("pool", "quantity")) == [("device_mobile_app", 3)]


@pytest.mark.feature("EXT-09", "LIC-12")
def test_change_number_offers_free_ones_and_none(browser: Client, stocked: None, alpha: Tenant) -> None:
    form = text(browser.get(f"{PHONE_SYSTEM}101/number/").content.decode())
    with inside(alpha):
        second = OutsideNumber.objects.get(e164="+6561000002")
    browser.post(f"{PHONE_SYSTEM}101/number/", {"number": second.pk})
    with inside(alpha):
        assert OutsideNumber.objects.get(extension__number="101") == second
    browser.post(f"{PHONE_SYSTEM}101/number/", {"number": ""})
    with inside(alpha):
        assert not OutsideNumber.objects.filter(extension__isnull=False).exists()
    unknown = browser.post(f"{PHONE_SYSTEM}101/number/", {"number": "999999"})

    assert "No number" in form
    assert "rings here now" in form
    assert unknown.status_code == 422


@pytest.mark.feature("EXT-04")
def test_an_extension_offers_exactly_the_five_actions(browser: Client, stocked: None) -> None:
    page = browser.get("/extensions/101/").content.decode()

    menu = page[page.index('id="extension-actions"') : page.index("</details>", page.index('id="extension-actions"'))]
    assert [label.strip() for label in re.findall(r"</svg>([^<]+)</a>", menu)] == [
        "Edit Extension Number & Directory Name",
        "Change User",
        "Change Addons",
        "Change Number",
        "Delete",
    ]


@pytest.mark.parametrize(
    ("who", "reading", "writing"), [("owner", 200, 200), ("manager", 200, 403), ("agent", 403, 403), (None, 302, 302)]
)
@pytest.mark.feature("LIC-01", "LIC-07")
def test_who_may_see_and_who_may_assign(
    request: pytest.FixtureRequest, browser_of: Browser, alpha: Tenant, who: str | None, reading: int, writing: int
) -> None:
    browser = browser_of(request.getfixturevalue(who) if who else None, alpha)

    for address in ("/licences/", PHONE_SYSTEM, f"{PHONE_SYSTEM}numbers/", f"{PHONE_SYSTEM}101/"):
        assert browser.get(address).status_code == reading
    for address in ("provision/", "assign/", "101/addons/", "101/number/"):
        assert browser.get(PHONE_SYSTEM + address).status_code == writing


def test_what_is_not_there_is_not_found(browser: Client) -> None:
    for address in ("999/", "999/addons/", "999/number/", "download/passwords/"):
        assert browser.get(PHONE_SYSTEM + address).status_code == 404


@pytest.mark.parametrize("address", [PHONE_SYSTEM, f"{PHONE_SYSTEM}numbers/", "/licences/?q=1"])
def test_lists_need_the_same_queries_for_1_and_50_rows(
    browser: Client, stocked: None, alpha: Tenant, address: str
) -> None:
    browser.get(address)
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    with inside(alpha):
        Extension.objects.bulk_create(
            Extension(number=str(n), directory_name=f"Desk {n}", sip_username=f"desk{n}", created_at=NOON)
            for n in range(200, 209)
        )
        OutsideNumber.objects.bulk_create(OutsideNumber(e164=f"+65610001{n}") for n in range(10, 50))
    with CaptureQueriesContext(connection) as fifty:
        browser.get(address)

    assert len(one) == len(fifty)
    assert reads(fifty) <= 8


@pytest.mark.feature("PLT-12")
def test_buying_and_cancelling_are_links_to_the_providers_host(browser: Client, stocked: None) -> None:
    for address in ("/licences/", PHONE_SYSTEM):
        page = browser.get(address).content.decode()
        assert 'href="/licences/buy-extensions/"' in page
        assert 'href="/licences/cancel-extensions/"' in page


@pytest.mark.feature("EXT-03")
def test_the_list_and_the_page_of_extensions_show_number_and_add_ons(browser: Client, stocked: None) -> None:
    listed = text(browser.get("/extensions/").content.decode())
    one = text(browser.get("/extensions/101/").content.decode())
    export = b"".join(browser.get("/extensions/?columns=number,outside,addons&export=csv").streaming_content).decode()

    for page in (listed, one):
        assert "+65 6100 0001" in page
        assert "Mobile App × 2, Team Chat" in page
    assert '101,+6561000001,"Mobile App × 2, Team Chat"' in export
