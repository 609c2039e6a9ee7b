"""What tests of the operators' pages share."""

from collections.abc import Callable

import pytest
from django.test import Client

from portal.accounts.models import User
from tenants.models import ServiceTemplate, Tenant

Browser = Callable[[User | None, Tenant], Client]


@pytest.fixture
def ops(olivia: User, management: Tenant, browser_of: Browser) -> Client:
    """A browser in which the platform's owner is signed in."""
    return browser_of(olivia, management)


@pytest.fixture
def standard(management: Tenant) -> ServiceTemplate:
    """The template that every installation begins with."""
    return ServiceTemplate.objects.get(is_default=True)
