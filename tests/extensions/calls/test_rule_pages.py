"""Sets of rules, and “Test a number” (CTL-06)."""

from collections.abc import Callable

import pytest
from django.test import Client

from extensions.models import (
    OutgoingMatch,
    OutgoingRule,
    OutgoingRuleSet,
)
from extensions.services.calls.rules import RuleFacts, add_rule, create_rule_set
from extensions.services.settings import change_settings
from extensions.settings.subjects import COMPANY
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant

Browser = Callable[[User | None, Tenant], Client]


@pytest.mark.feature("CTL-06")
def test_a_set_of_rules_is_made_filled_ordered_and_tested(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)

    made = browser.post("/call-controls/rules/new/", {"name": "Office"})["Location"]
    for value, allow in (("international", "0"), ("local", "1")):
        browser.post(f"{made}add/", {"match": "class", "call_class": value, "allow": allow})
    browser.post(f"{made}add/", {"match": "country", "country": "GB", "allow": "1"})
    with inside(alpha):
        rules = list(OutgoingRule.objects.order_by("position"))
    browser.post(f"/call-controls/rules/one/{rules[2].pk}/move/up/")
    browser.post(f"/call-controls/rules/one/{rules[2].pk}/move/up/")
    page = browser.get(f"{made}?number=%2B442071234567#number-test").content.decode()
    denied = browser.get(f"{made}?number=%2B33140205050").content.decode()

    assert "Rule 1 of “Office”: United Kingdom: allow" in page
    assert page.index('class="rule-wins"') < page.index("International")
    assert "Rule 2 of “Office”: International: deny" in denied


@pytest.mark.feature("CTL-06")
def test_rules_are_put_in_order_only_as_they_are(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)
    with inside(alpha):
        office = create_rule_set(name="Office", allow_by_default=False, by=owner)
        one, two = (
            add_rule(rule_set=office, facts=RuleFacts(match, value, allow=True), by=owner)
            for match, value in ((OutgoingMatch.CLASS, "local"), (OutgoingMatch.PREFIX, "+65"))
        )

    browser.post(f"/call-controls/rules/{office.pk}/order/", {"rule": [two.pk, one.pk]})
    browser.post(f"/call-controls/rules/{office.pk}/order/", {"rule": [two.pk]})
    browser.post(f"/call-controls/rules/{office.pk}/order/", {"rule": [one.pk, two.pk, "²"]})
    browser.post(f"/call-controls/rules/{office.pk}/order/", {"rule": [two.pk, one.pk]})

    with inside(alpha):
        assert list(OutgoingRule.objects.order_by("position").values_list("pk", flat=True)) == [two.pk, one.pk]


@pytest.mark.feature("CTL-06")
@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"match": "class", "call_class": "emergency"}, "not in this list"),
        ({"match": "prefix", "value": "abc"}, "Start with +"),
        ({"match": "country", "country": ""}, "Choose one from the list."),
    ],
)
def test_wrong_rules_are_refused(
    browser_of: Browser, alpha: Tenant, owner: User, facts: dict[str, str], sentence: str
) -> None:
    with inside(alpha):
        office = create_rule_set(name="Office", allow_by_default=False, by=owner)

    answer = browser_of(owner, alpha).post(f"/call-controls/rules/{office.pk}/add/", {"allow": "1", **facts})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.feature("CTL-06")
def test_a_set_in_use_stays_and_two_editors_see_each_other(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)
    with inside(alpha):
        office = create_rule_set(name="Office", allow_by_default=False, by=owner)
        change_settings(subject=COMPANY, values={"outgoing.rules": office}, by=owner)

    refused = browser.post(f"/call-controls/rules/{office.pk}/delete/")
    address = f"/call-controls/rules/{office.pk}/edit/"
    first = browser.post(address, {"name": "First", "version": "1"})
    second = browser.post(address, {"name": "Second", "version": "1"})

    assert (refused.status_code, "in use: the company" in refused.content.decode()) == (422, True)
    assert (first.status_code, second.status_code) == (302, 409)
    with inside(alpha):
        assert OutgoingRuleSet.objects.get().name == "First"


@pytest.mark.feature("CTL-06")
def test_a_number_is_tested_for_an_extension_at_a_time(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)

    page = browser.get("/call-controls/test/?extension=101&number=91234567&at=2026-11-26T12:00").content.decode()
    nobody = browser.get("/call-controls/test/?extension=999&number=91234567").content.decode()
    never = browser.get("/call-controls/test/?extension=101&number=91234567&at=soon").content.decode()

    assert "may be called" in page
    assert "No set of rules: internal, local, national and mobile calls only" in page
    assert "There is no extension 999." in nobody
    assert "Type a day and a time" in never


@pytest.mark.feature("CTL-06")
@pytest.mark.parametrize(
    "address",
    ["/call-controls/test/?extension=101&number=reception", "/call-flow/?dialled=reception&at=2026-11-26T10%3A00"],
)
def test_a_name_instead_of_a_number_is_refused_beside_the_field_and_kept(
    browser_of: Browser, alpha: Tenant, owner: User, address: str
) -> None:
    page = browser_of(owner, alpha).get(address).content.decode()

    assert "Type a number, not a name, for example 101." in page
    assert 'value="reception"' in page
    assert "may not be called" not in page
    assert "Nothing here has the number" not in page
