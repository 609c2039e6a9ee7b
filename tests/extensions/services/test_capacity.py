"""The limit of a tenant holds, also when many create at once (TEN-06)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from extensions import capacity as capacity_module
from extensions.capacity import EXTENSION, NotInATemplate, capacity
from extensions.limit_words import LimitReached
from extensions.models import Extension, Phone
from extensions.services.create import create_extension
from extensions.services.deletion import delete_object, undo_deletion
from extensions.services.phones.edit import add_phone
from extensions.services.phones.importing import commit_phones
from extensions.services.teams.edit import create_team
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


def test_without_the_lock_the_limit_breaks(
    own_database: str, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    # Negative control: if this ever fails, the test above proves nothing. Pools of licences have a lock of their own.
    settings.EXTENSION_CAPACITY = "extensions.capacity.OwnLimit"  # type: ignore[attr-defined]
    monkeypatch.setattr(capacity_module, "_lock", lambda sku: None)

    assert any(create_in_parallel(limit=6)[0] > 6 for _attempt in range(1))


@pytest.mark.feature("TEN-06")
def test_the_refusal_names_limit_and_use(create: Callable[..., Extension], inside_alpha: Tenant) -> None:
    connection.tenant.max_extensions = 1

    with pytest.raises(LimitReached, match=r"may have 1 .* 1 exist"):
        create("102")


@pytest.mark.feature("TEN-06")
def test_teams_and_telephones_are_limited_on_every_path(inside_alpha: Tenant, owner: User) -> None:
    sales = create_team(name="Sales", by=owner)
    desk = {"model": "yealink-t54w", "extension": "", "modules": 0, "place": ""}
    add_phone(mac="805ec0000001", by=owner, at=NOON, **desk)
    connection.tenant.limits = {"teams": 1, "phones": 1}
    rows = [(2, {"mac": "805ec0000002", "model": "yealink-t54w", "extension": "", "modules": "", "place": ""})]

    with pytest.raises(LimitReached):
        create_team(name="Support", by=owner)
    with pytest.raises(LimitReached):
        add_phone(mac="805ec0000002", by=owner, at=NOON, **desk)
    with pytest.raises(LimitReached):
        commit_phones(rows=rows, expected=1, by=owner, at=NOON)
    undo = [delete_object(row, by=owner, at=NOON) for row in (sales, Phone.objects.get())]
    create_team(name="Support", by=owner)
    add_phone(mac="805ec0000002", by=owner, at=NOON, **desk)
    for deletion in undo:
        with pytest.raises(LimitReached):
            undo_deletion(deletion=deletion, by=owner, at=NOON)


def test_a_limit_of_zero_means_none(create: Callable[..., Extension], inside_alpha: Tenant) -> None:
    Extension.objects.all().delete()
    connection.tenant.max_extensions = 0

    with pytest.raises(LimitReached):
        create("102")


def test_a_template_holds_no_extensions(management: Tenant) -> None:
    working_copy = Tenant.objects.filter(kind=TenantKind.TEMPLATE).first()

    with inside(working_copy), pytest.raises(NotInATemplate):
        capacity().take(EXTENSION, 1)
