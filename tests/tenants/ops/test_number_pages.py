"""Operators' pages about outside numbers (DID-01, DID-02)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from extensions.models import OutsideNumber
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import NumberState, RegisteredNumber, Tenant

Browser = Callable[[User | None, Tenant], Client]


@pytest.fixture
def browser(browser_of: Browser, management: Tenant, olivia: User) -> Client:
    return browser_of(olivia, management)


@pytest.mark.feature("DID-01")
def test_numbers_are_added_given_and_taken_back(browser: Client, alpha: Tenant) -> None:
    added = browser.post(
        "/ops/numbers/add/", {"numbers": "61000001\n+6561000002\n", "kind": "geographic", "country": "SG"}
    )
    number = RegisteredNumber.objects.get(e164="+6561000001")
    given = browser.post(f"/ops/numbers/{number.pk}/give/", {"tenant": alpha.pk})
    with inside(alpha):
        assert OutsideNumber.objects.get().e164 == "+6561000001"
    page = browser.get("/ops/numbers/").content.decode()
    back = browser.post(f"/ops/numbers/{number.pk}/back/", {})

    assert (added.status_code, given.status_code, back.status_code) == (302, 302, 302)
    for word in ("+65 6100 0001", "AlphaPhones", "Assigned", "Available"):
        assert word in page
    number.refresh_from_db()
    assert number.state == NumberState.QUARANTINED
    assert "Resting" in browser.get(f"/ops/numbers/{number.pk}/").content.decode()


@pytest.mark.feature("DID-01")
def test_a_number_is_reserved_until_a_day(browser: Client, alpha: Tenant) -> None:
    number = RegisteredNumber.objects.create(e164="+6561000001")

    browser.post(f"/ops/numbers/{number.pk}/give/", {"tenant": alpha.pk, "reserve_until": "2099-12-31"})
    past = browser.post(f"/ops/numbers/{number.pk}/give/", {"tenant": alpha.pk, "reserve_until": "2020-01-01"})

    number.refresh_from_db()
    assert (number.state, number.instance_id, number.until.year) == (NumberState.RESERVED, alpha.pk, 2099)
    assert past.status_code == 422


@pytest.mark.feature("DID-01")
@pytest.mark.parametrize(
    ("numbers", "sentence"), [("nonsense", "no telephone numbers: nonsense"), ("+6561000009", "registered already")]
)
def test_lines_that_cannot_be_added_are_named(browser: Client, numbers: str, sentence: str) -> None:
    RegisteredNumber.objects.create(e164="+6561000009")

    answer = browser.post("/ops/numbers/add/", {"numbers": numbers, "kind": "mobile", "country": "SG"})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert numbers in answer.content.decode()


@pytest.mark.feature("DID-01")
def test_support_reads_and_others_see_nothing(
    browser_of: Browser, management: Tenant, alpha: Tenant, oscar: User, rita: User, owner: User
) -> None:
    number = RegisteredNumber.objects.create(e164="+6561000001", country="SG")
    addresses = ("/ops/numbers/", f"/ops/numbers/{number.pk}/", "/ops/numbers/add/", f"/ops/numbers/{number.pk}/give/")

    seen = [browser_of(oscar, management).get(one).status_code for one in addresses]
    resellers = [browser_of(rita, management).get(one).status_code for one in addresses]

    assert seen == [200, 200, 403, 403]
    assert "Singapore" in browser_of(oscar, management).get("/ops/numbers/").content.decode()
    assert "Singapore" in browser_of(oscar, management).get(f"/ops/numbers/{number.pk}/").content.decode()
    assert resellers == [403] * 4
    assert browser_of(owner, alpha).get("/ops/numbers/").status_code == 404


def test_the_list_needs_the_same_queries_for_1_and_40_numbers(browser: Client, alpha: Tenant) -> None:
    RegisteredNumber.objects.create(e164="+6561000001", instance=alpha, state=NumberState.ASSIGNED)
    browser.get("/ops/numbers/")
    with CaptureQueriesContext(connection) as one:
        browser.get("/ops/numbers/")
    RegisteredNumber.objects.bulk_create(RegisteredNumber(e164=f"+65610001{n}") for n in range(10, 50))
    with CaptureQueriesContext(connection) as many:
        browser.get("/ops/numbers/")

    assert len(one) == len(many)
