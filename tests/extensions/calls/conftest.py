"""Shorthand for call controls."""

import pytest

from extensions.models import Extension
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant


@pytest.fixture
def colleague(alpha: Tenant, owner: User) -> Extension:
    with inside(alpha):
        return Extension.objects.create(
            number="102", directory_name="Mei Tan", sip_username="mei", sip_password="x", created_at="2026-01-01T00:00Z"
        )
