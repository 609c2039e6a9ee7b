"""The agent of alpha with an extension of their own, 102."""

from collections.abc import Callable

import pytest

from extensions.models import Extension
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import NOON


@pytest.fixture
def desk(alpha: Tenant, agent: User) -> Extension:
    """Extension 102, the agent's."""
    with inside(alpha):
        return Extension.objects.create(
            number="102", directory_name="Ada Agent", sip_username="adasname", sip_password="the first password",
            user=agent, email="agent@alpha.example", state="active", created_at=NOON,
        )  # fmt: skip


@pytest.fixture
def stored(alpha: Tenant) -> Callable[[str], Extension]:
    """`stored("102")`: that extension as it is saved now."""

    def read(number: str) -> Extension:
        with inside(alpha):
            return Extension.objects.get(number=number)

    return read
