"""The limit of a tenant holds, also when many create at once (TEN-06)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from extensions import capacity as capacity_module
from extensions.capacity import EXTENSION, NotInATemplate, capacity
from extensions.limit_words import LimitReached
from extensions.models import Extension
from extensions.services.create import create_extension
from portal.accounts.models import User
from portal.core.errors import DomainError
from tenants.door import inside
from tenants.models import Tenant, TenantKind
from tests.extensions.conftest import NOON

AT_ONCE = 20


def create_in_parallel(limit: int) -> tuple[int, list[str]]:
    """Twenty people press the button together; returns how many extensions there are, and what was refused."""
    tenant = Tenant.objects.get(schema_name="t2")
    Tenant.objects.filter(pk=tenant.pk).update(max_extensions=limit)
    start = Barrier(AT_ONCE)

    def press(n: int) -> str:
        try:
            start.wait(10)
            fresh = Tenant.objects.get(pk=tenant.pk)
            with inside(fresh):
                by = User.objects.get(username__startswith="owner@")
                create_extension(
                    number=str(200 + n), first_name="A", last_name="B", email="", mobile="", by=by, at=NOON
                )
        except DomainError as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(AT_ONCE) as pool:
        refused = [word for word in pool.map(press, range(AT_ONCE)) if word]
    with inside(Tenant.objects.get(pk=tenant.pk)):
        return Extension.objects.count(), refused


@pytest.mark.feature("TEN-06")
def test_twenty_at_once_never_exceed_the_limit(own_database: str) -> None:
    existing, refused = create_in_parallel(limit=6)

    assert existing == 6
    assert refused == ["LimitReached"] * (AT_ONCE - 5)


def test_without_the_lock_the_limit_breaks(own_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Negative control: if this ever fails, the test above proves nothing.
    monkeypatch.setattr(capacity_module, "_lock", lambda sku: None)

    assert any(create_in_parallel(limit=6)[0] > 6 for _attempt in range(1))


@pytest.mark.feature("TEN-06")
def test_the_refusal_names_limit_and_use(create: Callable[..., Extension], inside_alpha: Tenant) -> None:
    connection.tenant.max_extensions = 1

    with pytest.raises(LimitReached, match=r"may have 1 .* 1 exist"):
        create("102")


def test_a_limit_of_zero_means_none(create: Callable[..., Extension], inside_alpha: Tenant) -> None:
    Extension.objects.all().delete()
    connection.tenant.max_extensions = 0

    with pytest.raises(LimitReached):
        create("102")


def test_a_template_holds_no_extensions(management: Tenant) -> None:
    working_copy = Tenant.objects.filter(kind=TenantKind.TEMPLATE).first()

    with inside(working_copy), pytest.raises(NotInATemplate):
        capacity().take(EXTENSION, 1)
