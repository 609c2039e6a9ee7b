"""Redis may be away: sign-in and lock go on (ARCHITECTURE decision 11)."""

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.core.cache import caches
from django.test import Client

from portal.accounts.models import User
from tenants.models import Tenant
from tests.accounts.test_signing_in import sign_in, signed_in

Browser = Callable[[User | None, Tenant], Client]


@pytest.fixture(autouse=True)
def _no_redis(settings: LazySettings) -> None:
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:9/0"}}


def test_people_sign_in(browser_of: Browser, alpha: Tenant) -> None:
    browser = browser_of(None, alpha)

    assert caches["default"].get("anything", "the default") == "the default"
    assert sign_in(browser, "prpowner").status_code == 302
    assert signed_in(browser)


@pytest.mark.feature("SEC-05")
def test_the_lock_holds(browser_of: Browser, alpha: Tenant) -> None:
    browser = browser_of(None, alpha)
    for n in range(5):
        sign_in(browser, "prpowner", f"wrong {n}")

    assert sign_in(browser, "prpowner").status_code == 429


def test_a_link_is_sent(browser_of: Browser, alpha: Tenant, mailoutbox: list) -> None:
    browser_of(None, alpha).post("/account/password/reset/", {"email": "agent@alpha.example"})

    assert len(mailoutbox) == 1
