"""Shorthand for making extensions in alpha."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test.utils import CaptureQueriesContext

from extensions.models import Extension
from extensions.services.create import create_extension
from portal.accounts.models import User
from tenants.models import Tenant

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def create(inside_alpha: Tenant, owner: User) -> Callable[..., Extension]:
    """`create("102", email=…)`: an extension in alpha, made by its owner at noon."""

    def make(number: str, **facts: str) -> Extension:
        given = {"first_name": "Wei", "last_name": "Chen", "email": "", "mobile": "", **facts}
        return create_extension(number=number, by=owner, at=NOON, **given)

    return make


def reads(captured: CaptureQueriesContext) -> int:
    """How many queries a page made; going to the tenant's schema and back is not one."""
    return sum(not query["sql"].startswith("SET ") for query in captured)
