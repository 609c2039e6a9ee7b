"""Extensions are bought and cancelled in the Customer Access Portal, at a price seen before (PLT-10 to 12, INV-12)."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from customers.models import Purchase
from customers.offers import offer_of
from customers.provisioning import include_package
from customers.services.orders import OrderedMeanwhile, buy_licences, quote_for_purchase
from customers.views import cap
from extensions.services.create import create_extension
from licensing.models import LedgerEntry
from portal.accounts.models import User
from portal.audit.models import LogEntry
from tenants.door import inside
from tenants.models import Price, Tenant
from tests.extensions.conftest import NOON

Browser = Callable[[User | None, Tenant], Client]
Count = Callable[[], tuple[int, int]]
BUY, CANCEL = "/cap/2/phone_system/buy/", "/cap/2/phone_system/cancel/"


def agreed(page: str) -> str:
    return re.search(r'name="agreed" value="([^"]+)"', page)[1]


def order(browser: Client, address: str, quantity: int) -> int:
    """Both steps; returns the status of the second."""
    seen = browser.post(address, {"quantity": quantity})
    assert seen.status_code == 200, seen.content.decode()
    return browser.post(address, {"quantity": quantity, "agreed": agreed(seen.content.decode())}).status_code


@pytest.mark.feature("PLT-10", "INV-12")
def test_the_price_is_seen_before_anything_is_bought(visitor: Client, count: Count) -> None:
    with time_machine.travel("2026-11-16T12:00Z", tick=False):
        page = visitor.post(BUY, {"quantity": 10}).content.decode().replace("\N{NO-BREAK SPACE}", " ")

    assert count()[0] == 50
    assert [amount in page for amount in ("25.00 EUR", "75.00 EUR", "50.00 EUR")] == [True] * 3
    assert "Buy 10 licenses" in page


@pytest.mark.feature("PLT-10")
def test_bought_extensions_can_be_used_at_once(visitor: Client, count: Count, priced: Tenant, owner: User) -> None:
    assert order(visitor, BUY, 2) == 302

    assert count()[0] == 52
    priced.refresh_from_db()
    assert priced.max_extensions == 52
    one = Purchase.objects.latest("pk")
    assert (one.tenant, one.quantity, one.unit_minor, one.currency, one.ends) == (priced, 2, 500, "EUR", None)
    with inside(priced):
        entry = LedgerEntry.objects.latest("pk")
        assert (entry.counter, entry.change, entry.balance) == ("bought", 2, 52)
    assert LogEntry.objects.filter(model="customers.purchase").exists()


@pytest.mark.feature("PLT-10")
@pytest.mark.parametrize("quantity", ["0", "-1", "1.5", "", "many", "100001"])
def test_only_whole_numbers_from_one_up_are_taken(visitor: Client, count: Count, quantity: str) -> None:
    answer = visitor.post(BUY, {"quantity": quantity})

    assert answer.status_code == 422
    assert count()[0] == 50


@pytest.mark.feature("INV-12")
def test_a_price_that_changed_meanwhile_is_shown_again_instead_of_taken(visitor: Client, count: Count) -> None:
    seen = visitor.post(BUY, {"quantity": 1}).content.decode()
    Price.objects.filter(sku__code="phone_system", currency="EUR").update(monthly_minor=900)

    answer = visitor.post(BUY, {"quantity": 1, "agreed": agreed(seen)})

    assert answer.status_code == 409
    assert count()[0] == 50
    assert "is another than before" in answer.content.decode()


@pytest.mark.feature("PLT-10", "INV-12")
@pytest.mark.parametrize("address", [BUY, CANCEL])
def test_an_order_that_is_sent_a_second_time_is_not_carried_out_again(
    visitor: Client, count: Count, address: str
) -> None:
    order(visitor, BUY, 10)
    again = {"quantity": 4, "agreed": agreed(visitor.post(address, {"quantity": 4}).content.decode())}
    assert visitor.post(address, again).status_code == 302
    bought = count()[0]

    answer = visitor.post(address, again)

    assert answer.status_code == 409
    assert count()[0] == bought


@pytest.mark.feature("PLT-10", "INV-12")
def test_of_one_order_sent_twice_at_the_same_moment_the_second_is_refused(
    priced: Tenant, count: Count, olivia: User
) -> None:
    offer = offer_of(priced, "phone_system")
    quote = quote_for_purchase(tenant=priced, offer=offer, quantity=4, at=NOON)
    buy_licences(tenant=priced, offer=offer, quote=quote, by=olivia, at=NOON)

    with pytest.raises(OrderedMeanwhile):
        buy_licences(tenant=priced, offer=offer, quote=quote, by=olivia, at=NOON)

    assert count()[0] == 54
    assert Purchase.objects.count() == 1


@pytest.mark.feature("PLT-10", "INV-12")
def test_a_refusal_shows_what_there_is_now(
    visitor: Client, priced: Tenant, olivia: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreed_to = {"quantity": 4, "agreed": agreed(visitor.post(BUY, {"quantity": 4}).content.decode())}

    def overtaken(**facts: Any) -> Purchase:
        """As somebody else's order does that is carried out between reading the offer and locking it."""
        buy_licences(**facts)
        return buy_licences(**facts)

    monkeypatch.setattr(cap, "buy_licences", overtaken)
    answer = visitor.post(BUY, agreed_to)

    assert answer.status_code == 422
    assert "were bought or cancelled a moment ago" in answer.content.decode()
    assert "54 now" in answer.content.decode()


@pytest.mark.feature("PLT-11")
def test_a_cancellation_lowers_the_entitlement_and_is_paid_to_the_end_of_the_month(
    visitor: Client, count: Count
) -> None:
    order(visitor, BUY, 10)
    with time_machine.travel("2026-11-16T12:00Z", tick=False):
        assert order(visitor, CANCEL, 4) == 302

    assert count()[0] == 56
    assert sorted(Purchase.objects.values_list("quantity", "ends__day")) == [(4, 1), (6, None)]


@pytest.mark.feature("PLT-11", "INV-12")
def test_a_cancellation_saves_what_the_newest_purchases_cost_and_nothing_for_the_package(
    visitor: Client, priced: Tenant
) -> None:
    include_package(priced, {}, at=NOON)
    order(visitor, BUY, 3)
    Price.objects.filter(sku__code="phone_system", currency="EUR").update(monthly_minor=900)

    page = visitor.post(CANCEL, {"quantity": 5}).content.decode().replace("\N{NO-BREAK SPACE}", " ")

    assert "-15.00 EUR" in page


@pytest.mark.feature("PLT-11")
def test_a_cancellation_below_what_exists_says_how_many_to_delete_first(
    visitor: Client, count: Count, priced: Tenant, owner: User
) -> None:
    with inside(priced):
        create_extension(number="177", first_name="A", last_name="", email="", mobile="", by=owner, at=NOON)
    bought, used = count()

    answer = visitor.post(CANCEL, {"quantity": bought - used + 2})

    assert answer.status_code == 422
    assert f"Extensions that exist: {used}. Delete 2 extensions first." in answer.content.decode()
    assert count() == (bought, used)


@pytest.mark.feature("PLT-11")
def test_an_extension_made_between_both_steps_is_not_taken_away(
    visitor: Client, count: Count, priced: Tenant, owner: User
) -> None:
    bought, used = count()
    seen = visitor.post(CANCEL, {"quantity": bought - used}).content.decode()
    with inside(priced):
        create_extension(number="177", first_name="A", last_name="", email="", mobile="", by=owner, at=NOON)

    answer = visitor.post(CANCEL, {"quantity": bought - used, "agreed": agreed(seen)})

    assert answer.status_code == 422
    assert count() == (bought, used + 1)


@pytest.mark.feature("PLT-12")
def test_the_link_of_the_tenants_pages_leads_to_that_tenants_page_of_the_portal(visitor: Client) -> None:
    assert visitor.answer.url == BUY
    assert visitor.get(BUY).status_code == 200


@pytest.mark.feature("PLT-12")
def test_a_visitors_rail_leads_back_to_their_own_companys_licences_and_to_help_about_them(
    visitor: Client, browser_of: Browser, olivia: User, management: Tenant
) -> None:
    page = visitor.get("/cap/2/history/").content.decode()
    rail = page[page.index('id="rail"') :]

    assert 'href="/cap/2/"' in rail[: rail.index("</nav>")]
    assert 'href="/help/customer-access/"' in page
    assert visitor.get("/help/customer-access/").status_code == 200
    theirs = browser_of(olivia, management).get("/ops/tenants/").content.decode()
    assert "My company" not in theirs


@pytest.mark.feature("PLT-12")
@pytest.mark.parametrize("address", ["/cap/3/", "/cap/3/history/", "/cap/3/phone_system/buy/", "/cap/1/", "/cap/99/"])
def test_a_visitor_sees_and_buys_for_no_other_tenant(visitor: Client, beta: Tenant, address: str) -> None:
    assert visitor.get(address).status_code == 404


@pytest.mark.feature("PLT-12")
def test_nobody_but_the_owner_and_administrators_goes_there(browser_of: Browser, agent: User, alpha: Tenant) -> None:
    assert browser_of(agent, alpha).get("/licences/buy-extensions/").status_code == 403


@pytest.mark.feature("PLT-16")
def test_the_history_lists_what_was_ever_bought(visitor: Client) -> None:
    order(visitor, BUY, 10)
    order(visitor, CANCEL, 4)

    page = visitor.get("/cap/2/history/").content.decode()

    assert page.count("Phone System") >= 2
    assert "by the month" in page
    assert "Cancelling" in page


@pytest.mark.feature("PLT-10")
def test_operators_buy_for_their_customers_and_support_only_looks(
    browser_of: Browser, olivia: User, oscar: User, rita: User, management: Tenant, priced: Tenant
) -> None:
    assert order(browser_of(olivia, management), BUY, 1) == 302
    assert browser_of(oscar, management).get("/cap/2/").status_code == 200
    assert browser_of(oscar, management).get(BUY).status_code == 403
    assert browser_of(rita, management).get("/cap/2/").status_code == 403


@pytest.mark.feature("PLT-02")
def test_nothing_is_bought_for_the_management_instance(browser_of: Browser, olivia: User, management: Tenant) -> None:
    assert browser_of(olivia, management).get("/cap/1/phone_system/buy/").status_code == 404
