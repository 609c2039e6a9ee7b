"""Buying for alpha: 50 extensions bought, a price for each."""

from collections.abc import Callable

import pytest
from django.test import Client

from licensing.models import Pool, Reason
from licensing.services.entitlement import set_bought
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Price, Sku, Tenant
from tests.accounts.crossing import arrive, fields_of, origin_of

Browser = Callable[[User | None, Tenant], Client]


@pytest.fixture
def priced(alpha: Tenant) -> Tenant:
    """Alpha has 50 extensions, and one more costs 5.00 EUR a month."""
    with inside(alpha, owner=True):
        set_bought({"phone_system": 50}, reason=Reason.START)
    sku = Sku.objects.get(code="phone_system")
    Price.objects.update_or_create(sku=sku, currency="EUR", defaults={"monthly_minor": 500})
    return alpha


@pytest.fixture
def visitor(browser_of: Browser, owner: User, priced: Tenant, management: Tenant) -> Client:
    """Alpha's owner, who followed “Buy extensions” to the management host."""
    home = browser_of(owner, priced)
    address, token = fields_of(home.post("/licences/buy-extensions/"))
    return arrive(token, host=address.split("/")[2], origin=origin_of(home))


@pytest.fixture
def count(priced: Tenant) -> Callable[[], tuple[int, int]]:
    """(bought, used) of alpha's extensions at this moment."""

    def now() -> tuple[int, int]:
        with inside(priced):
            pool = Pool.objects.get(sku="phone_system")
            return pool.bought, pool.used

    return now
