"""The bulk bar of the extension list: tick, look at what would change, confirm."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from extensions.models import Extension
from portal.accounts.models import User
from portal.audit.models import LogEntry, Verb
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import NOON, reads

Browser = Callable[[User | None, Tenant], Client]
SUSPEND, REACTIVATE = "/extensions/bulk/suspend/", "/extensions/bulk/reactivate/"
HIDDEN = re.compile(r'<input type="hidden" name="(id|all|filter|expected)"(?: value="([^"]*)")?')


@pytest.fixture
def desks(alpha: Tenant) -> list[int]:
    """The ids of extensions 200 to 249, none of them with a person; 249 is suspended."""
    with inside(alpha):
        made = Extension.objects.bulk_create(
            Extension(number=str(n), directory_name=f"Desk {n}", sip_username=f"desk{n}", created_at=NOON)
            for n in range(200, 250)
        )
        Extension.objects.filter(number="249").update(state="suspended")
        return [extension.pk for extension in made]


def suspended(tenant: Tenant) -> set[str]:
    with inside(tenant):
        return set(Extension.objects.filter(state="suspended").values_list("number", flat=True))


def shown_form(answer: HttpResponse) -> dict[str, Any]:
    """What the confirm page would post."""
    form: dict[str, Any] = {}
    for name, value in HIDDEN.findall(answer.content.decode()):
        if value:
            form.setdefault(name, []).append(unescape(value))
    return form


@pytest.mark.feature("EXT-03")
def test_each_row_has_a_labelled_box_and_the_bar_posts_the_filter(
    browser_of: Browser, alpha: Tenant, owner: User, desks: list[int]
) -> None:
    page = browser_of(owner, alpha).get("/extensions/?q=desk 2&page=1&sort=-name").content.decode()

    assert page.count('name="id"') == 50
    assert 'aria-label="Select extension 200"' in page
    assert 'name="filter" value="q=desk+2&amp;sort=-name"' in page
    assert "Select all 50 matching" in page
    assert f'formaction="{SUSPEND}"' in page
    assert f'formaction="{REACTIVATE}"' in page


@pytest.mark.feature("EXT-03")
def test_ticked_rows_are_confirmed_and_then_suspended(
    browser_of: Browser, alpha: Tenant, owner: User, desks: list[int]
) -> None:
    browser = browser_of(owner, alpha)

    asked = browser.post(SUSPEND, {"id": [desks[0], desks[1], desks[49]], "filter": "q=desk"})
    page = asked.content.decode()

    assert "2 will change" in page
    assert "1 is left as it is: suspended already" in page
    assert "249 Desk 249" in page
    assert "Suspend 2 extensions" in page
    assert suspended(alpha) == {"249"}

    done = browser.post(SUSPEND, shown_form(asked))

    assert (done.status_code, done["Location"]) == (302, "/extensions/?q=desk")
    assert suspended(alpha) == {"200", "201", "249"}
    assert "2 extensions suspended." in browser.get("/extensions/").content.decode()
    with inside(alpha):
        assert LogEntry.objects.filter(table="Extension", verb=Verb.PUT, actor_id=owner.pk).count() == 2


@pytest.mark.feature("EXT-03")
def test_all_matching_posts_the_filter_and_reaches_rows_of_other_pages(
    browser_of: Browser, alpha: Tenant, owner: User, desks: list[int]
) -> None:
    browser = browser_of(owner, alpha)

    asked = browser.post(SUSPEND, {"all": "on", "filter": "q=desk 22"})
    form = shown_form(asked)

    assert (form["filter"], form["expected"], "id" in form) == (["q=desk+22"], ["10"], False)
    browser.post(SUSPEND, form)
    assert suspended(alpha) == {*map(str, range(220, 230)), "249"}

    form = shown_form(browser.post(REACTIVATE, {"all": "on", "filter": ""}))
    assert form["expected"] == ["11"]
    browser.post(REACTIVATE, form)
    assert suspended(alpha) == set()


@pytest.mark.feature("EXT-03")
def test_a_list_that_changed_meanwhile_is_shown_again(
    browser_of: Browser, alpha: Tenant, owner: User, desks: list[int]
) -> None:
    browser = browser_of(owner, alpha)
    form = shown_form(browser.post(SUSPEND, {"all": "on", "filter": "q=desk 2"}))
    with inside(alpha):
        Extension.objects.filter(number="200").delete()

    again = browser.post(SUSPEND, form)

    assert again.status_code == 422
    assert "The list has changed meanwhile." in again.content.decode()
    assert shown_form(again)["expected"] == ["48"]
    assert suspended(alpha) == {"249"}


@pytest.mark.feature("EXT-03")
def test_nothing_to_change_offers_no_button(browser_of: Browser, alpha: Tenant, owner: User, desks: list[int]) -> None:
    page = browser_of(owner, alpha).post(SUSPEND, {"id": [desks[49]]}).content.decode()

    assert "0 will change" in page
    assert "Back to the list" in page
    assert "Suspend 0" not in page


@pytest.mark.feature("EXT-03")
@pytest.mark.parametrize("post", [{}, {"id": ["x", "-1", "9" * 30]}, {"filter": "q=desk"}, {"filter": "q=" * 4000}])
def test_nothing_picked_leads_back_with_a_sentence(
    browser_of: Browser, alpha: Tenant, owner: User, post: dict[str, Any]
) -> None:
    browser = browser_of(owner, alpha)

    answer = browser.post(SUSPEND, post)

    assert answer.status_code == 302
    assert "Tick at least one row first." in browser.get("/extensions/").content.decode()


@pytest.mark.feature("EXT-03", "SEC-06")
@pytest.mark.parametrize("expected", ["", "1"])
def test_ids_of_another_tenant_change_nothing_anywhere(
    browser_of: Browser, alpha: Tenant, beta: Tenant, owner: User, expected: str
) -> None:
    with inside(beta):
        foreign = Extension.objects.get(number="101").pk

    page = browser_of(owner, alpha).post(SUSPEND, {"id": [foreign], "expected": expected}).content.decode()

    assert "0 will change" in page
    assert "1 is no longer in this list" in page
    assert "beta-marker" not in page
    assert suspended(alpha) == suspended(beta) == set()


@pytest.mark.feature("EXT-03", "ROL-07")
@pytest.mark.parametrize("who", ["agent", "manager"])
@pytest.mark.parametrize("address", [SUSPEND, REACTIVATE])
def test_who_may_not_change_extensions_gets_403_and_no_button(
    request: pytest.FixtureRequest, browser_of: Browser, alpha: Tenant, desks: list[int], who: str, address: str
) -> None:
    browser = browser_of(request.getfixturevalue(who), alpha)

    assert browser.post(address, {"id": [desks[0]], "expected": "1"}).status_code == 403
    assert suspended(alpha) == {"249"}
    assert f'formaction="{address}"' not in browser.get("/extensions/").content.decode()


@pytest.mark.feature("EXT-03")
@pytest.mark.parametrize("confirmed", [False, True])
def test_one_and_fifty_rows_need_the_same_number_of_queries(
    browser_of: Browser, alpha: Tenant, owner: User, desks: list[int], confirmed: bool
) -> None:
    browser = browser_of(owner, alpha)
    browser.post(SUSPEND, {"id": desks[:1]})
    counted = []
    for ids in (desks[:1], desks[1:]):
        post = {"id": ids, "filter": "q=desk", "expected": min(len(ids), 48) if confirmed else ""}
        with CaptureQueriesContext(connection) as captured:
            answer = browser.post(SUSPEND, post)
        assert answer.status_code == (302 if confirmed else 200)
        counted.append(reads(captured))

    assert counted[0] == counted[1]
