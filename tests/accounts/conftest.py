"""Fixtures of the tests about people."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from portal.accounts.models import User
from tenants.models import Tenant
from tests.accounts.crossing import arrive, go, origin_of
from tests.caches import forget_cached

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh_rate_limits() -> None:
    """allauth counts in Redis, which tests share."""
    forget_cached()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still at noon until the test moves it."""
    with time_machine.travel(NOON, tick=False) as found:
        yield found


@pytest.fixture
def guest(
    browser_of: Callable[[User | None, Tenant], Client], oscar: User, management: Tenant, alpha: Tenant
) -> Client:
    """Oscar's browser inside alpha, in a support session."""
    office = browser_of(oscar, management)
    _address, token = go(office, alpha)
    browser = arrive(token, origin=origin_of(office))
    assert browser.answer.status_code == 302
    return browser
