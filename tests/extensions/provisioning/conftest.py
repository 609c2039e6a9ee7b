"""A telephone in alpha that may fetch, and requests as telephones make them."""

import base64
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from extensions.models import Extension, Phone, PhoneAccess
from extensions.services.phones.access import issue_access
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import NOON

MAC = "805ec0000101"
FILE = f"{MAC}.cfg"
AGENT = "Yealink SIP-T54W 96.86.0.100 80:5e:c0:00:01:01"
SOON, LATER = NOON + timedelta(minutes=5), NOON + timedelta(hours=2)
Fetch = Callable[..., HttpResponse]


@pytest.fixture
def phone(alpha: Tenant) -> Phone:
    """A Yealink on the desk of extension 101."""
    with inside(alpha):
        owner = Extension.objects.get(number="101")
        return Phone.objects.create(mac=MAC, model="yealink-t54w", extension=owner, created_at=NOON)


@pytest.fixture
def access(alpha: Tenant, phone: Phone, owner: User) -> PhoneAccess:
    """Its address, made at noon."""
    with inside(alpha):
        return issue_access(phone=phone, by=owner, at=NOON)


@pytest.fixture
def fetch(alpha: Tenant) -> Fetch:
    """`fetch(secret, file, by=access)`: what a telephone gets; `by` lets it sign in."""

    def ask(secret: str, file: str = FILE, *, method: str = "GET", host: Tenant = alpha, **facts: Any) -> HttpResponse:
        by = facts.pop("by", None)
        headers = {"HTTP_USER_AGENT": facts.pop("agent", AGENT), "REMOTE_ADDR": facts.pop("address", "203.0.113.7")}
        if by is not None:
            headers["HTTP_AUTHORIZATION"] = basic(by.user, by.password)
        client = Client(HTTP_HOST=host.get_primary_domain().domain)
        return client.generic(method, f"/p/{secret}/{file}", **headers, **facts)

    return ask


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def at(moment: datetime) -> time_machine.travel:
    """`with at(NOON):` the clock stands."""
    return time_machine.travel(moment, tick=False)
