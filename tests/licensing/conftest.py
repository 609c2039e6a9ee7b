"""Shorthand for buying licences and numbers in alpha."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection

from extensions.models import Extension, OutsideNumber
from extensions.services.create import create_extension
from licensing.invariants import broken_counts
from licensing.models import Reason
from licensing.services.addons import change_addons
from licensing.services.entitlement import set_bought
from licensing.services.numbers import change_number
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def bought(inside_alpha: Tenant) -> Callable[..., None]:
    """`bought(phone_system=5, team_chat=2)`: alpha has so many licences from now on."""

    def have(**counts: int | None) -> None:
        with inside(inside_alpha, owner=True):
            set_bought(counts, reason=Reason.BOUGHT)

    return have


@pytest.fixture
def create(inside_alpha: Tenant, owner: User) -> Callable[..., Extension]:
    """`create("102", mobile=…)`: an extension in alpha, made by its owner at noon."""

    def make(number: str, **facts: str) -> Extension:
        given = {"first_name": "Wei", "last_name": "Chen", "email": "", "mobile": "", **facts}
        return create_extension(number=number, by=owner, at=NOON, **given)

    return make


@pytest.fixture
def desk(inside_alpha: Tenant) -> Extension:
    """Alpha's extension 101."""
    return Extension.objects.get(number="101")


@pytest.fixture
def outside(inside_alpha: Tenant) -> Callable[[str], OutsideNumber]:
    """`outside("+6561000001")`: a number that alpha has and nobody is rung by."""
    return lambda e164: OutsideNumber.objects.create(e164=e164, country="SG")


@pytest.fixture
def exact(inside_alpha: Tenant):
    """Every count is what exists when the test ends."""
    yield
    if connection.schema_name == inside_alpha.schema_name:
        assert broken_counts() == []


@pytest.fixture
def stocked(bought: Callable[..., None], outside: Callable[[str], OutsideNumber], desk: Extension, owner: User) -> None:
    """Alpha has 10 base licences, add-ons and numbers; 101 has some of each."""
    bought(phone_system=10, team_chat=3, device_mobile_app=5, license_number=2)
    change_addons(extensions=[desk.pk], addons={"team_chat": 1, "device_mobile_app": 2}, by=owner)
    change_number(extension=desk, number=outside("+6561000001"), by=owner, at=NOON)
    outside("+6561000002")
