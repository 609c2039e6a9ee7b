"""The help page “Multi-Tenant Onboarding Notes” (PLT-06)."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from portal.accounts.models import User
from tenants.models import Tenant

Browser = Callable[[User | None, Tenant], Client]


@pytest.fixture(params=["management", "tenant"])
def page(request: pytest.FixtureRequest, browser_of: Browser) -> str:
    """The page as both hosts show it."""
    person, tenant = ("olivia", "management") if request.param == "management" else ("owner", "alpha")
    browser = browser_of(request.getfixturevalue(person), request.getfixturevalue(tenant))
    answer = browser.get("/help/onboarding/")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.feature("PLT-06")
def test_the_page_has_introduction_picture_steps_and_summary(page: str) -> None:
    order = [
        page.index(word) for word in ("Introduction", '<figure class="naming">', "Step-by-Step Guide", "Component")
    ]

    assert "Multi-Tenant Onboarding Notes" in page
    assert order == sorted(order)
    assert "<b>first-customer</b>.localhost" in page
    assert "<figcaption" in page


@pytest.mark.feature("PLT-06")
def test_the_seven_steps_stand_in_their_order(page: str) -> None:
    steps = re.findall(r"<b>Step (\d): ([^<]+)</b>", page)

    assert [int(number) for number, _title in steps] == [1, 2, 3, 4, 5, 6, 7]
    for (_number, title), word in zip(
        steps,
        (
            "first tenant",
            "FQDN naming",
            "first instance",
            "second instance",
            "multi-tenancy",
            "Customer Access",
            "reboot",
        ),
        strict=True,
    ):
        assert word in title


@pytest.mark.feature("PLT-06")
def test_the_summary_has_the_five_components(page: str) -> None:
    table = page[page.index('id="summary"') :]
    rows = re.findall(r'<th scope="row">([^<]+)</th><td>([^<]+)</td>', table)

    assert rows == [
        ("First Tenant / Instance 1", "Reserved for management (not usable)"),
        ("Instance 2 onward", "Customer tenants"),
        ("FQDN", "Use company or relevant customer name"),
        ("CAP Portal", "Buy / Cancel extensions"),
        ("System Controls", "Reboot / Update / Service restart (CAP portal &amp; first instance)"),
    ]
