"""Pools are counted on every path, refuse what is not there, and tell every change (LIC-04, LIC-09, LIC-13)."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Sum

from customers.models import Purchase
from customers.provisioning import include_package
from extensions.models import Extension, OutsideNumber
from extensions.services.bulk import delete_extensions
from extensions.services.clone import clone_extension
from extensions.services.deletion import CannotReturn, delete_object, undo_deletion
from extensions.services.range import create_range
from licensing.capacity import NotEnoughLicences
from licensing.models import AssignedAddon, LedgerEntry, Pool
from portal.accounts.models import User
from portal.audit.context import acting_as
from tenants.door import inside, inside_management
from tenants.models import Tenant
from tenants.services.lifecycle.limits import change_limits
from tests.licensing.conftest import NOON

pytestmark = pytest.mark.usefixtures("exact")


def used(sku: str = "phone_system") -> int:
    return Pool.objects.get(sku=sku).used


@pytest.mark.feature("LIC-04", "LIC-13")
def test_every_way_to_make_an_extension_takes_a_licence(
    create: Callable[..., Extension], bought: Callable[..., None], owner: User
) -> None:
    bought(phone_system=5)

    with acting_as(owner):
        made = create("102")
        clone_extension(source=made, number="103", directory_name="Copy", by=owner, at=NOON)
        create_range(first="310", count=2, pattern="Desk", skip_used=False, by=owner, at=NOON)

    assert used() == 5
    told = list(LedgerEntry.objects.filter(counter="used").order_by("pk").values_list("change", "balance", "extension"))
    assert told[-3:] == [(1, 2 + 0, "102"), (1, 3, "103"), (2, 5, "")]
    assert LedgerEntry.objects.order_by("pk").last().by == str(owner)


@pytest.mark.feature("LIC-04", "LIC-15", "TEN-06")
def test_every_way_is_refused_with_have_and_need_when_none_is_left(
    create: Callable[..., Extension], bought: Callable[..., None], desk: Extension, owner: User
) -> None:
    bought(phone_system=1)

    with pytest.raises(NotEnoughLicences, match="Phone System: 1 license is needed, 0 are free"):
        create("102")
    with pytest.raises(NotEnoughLicences):
        clone_extension(source=desk, number="103", directory_name="Copy", by=owner, at=NOON)
    with pytest.raises(NotEnoughLicences, match="3 licenses are needed, 0 are free") as refused:
        create_range(first="310", count=3, pattern="Desk", skip_used=False, by=owner, at=NOON)

    assert [(one.sku, one.have, one.need) for one in refused.value.shortages] == [("phone_system", 0, 3)]
    assert "<a href" in str(refused.value)
    assert Extension.objects.count() == 1


@pytest.mark.feature("LIC-09")
def test_a_deletion_gives_everything_back_and_an_undo_takes_it_again(
    create: Callable[..., Extension], bought: Callable[..., None], outside: Callable[[str], OutsideNumber], owner: User
) -> None:
    bought(phone_system=3, team_chat=4, license_number=1)
    made, number = create("102"), outside("+6561000001")
    AssignedAddon.objects.create(extension=made, pool_id="team_chat", quantity=2)
    OutsideNumber.objects.filter(pk=number.pk).update(extension=made, assigned_at=NOON)

    deletion = delete_object(made, by=owner, at=NOON)

    assert (used(), used("team_chat"), used("license_number")) == (1, 0, 0)
    undo_deletion(deletion=deletion, by=owner, at=NOON)
    assert (used(), used("team_chat"), used("license_number")) == (2, 2, 1)
    number.refresh_from_db()
    assert number.extension_id == made.pk


@pytest.mark.feature("LIC-09")
def test_an_undo_is_refused_when_the_licences_went_elsewhere(
    create: Callable[..., Extension], bought: Callable[..., None], desk: Extension, owner: User
) -> None:
    bought(phone_system=2, team_chat=1)
    made = create("102")
    AssignedAddon.objects.create(extension=made, pool_id="team_chat")
    deletion = delete_object(made, by=owner, at=NOON)
    AssignedAddon.objects.create(extension=desk, pool_id="team_chat")

    with pytest.raises(CannotReturn, match="licenses"):
        undo_deletion(deletion=deletion, by=owner, at=NOON)
    create("103")
    AssignedAddon.objects.all().delete()
    with pytest.raises(NotEnoughLicences):
        undo_deletion(deletion=deletion, by=owner, at=NOON)

    assert used() == 2


@pytest.mark.feature("LIC-09")
def test_many_deleted_at_once_give_back_as_many(bought: Callable[..., None], owner: User) -> None:
    bought(phone_system=21)
    create_range(first="300", count=20, pattern="Desk", skip_used=False, by=owner, at=NOON)

    delete_extensions(rows=Extension.objects.filter(number__gte="300"), expected=20, by=owner, at=NOON)

    assert used() == 1


@pytest.mark.feature("LIC-08", "LIC-15")
def test_nothing_written_by_any_path_uses_what_was_not_bought(desk: Extension, bought: Callable[..., None]) -> None:
    bought(team_chat=1, phone_system=1)

    for rows in (
        [AssignedAddon(extension=desk, pool_id="team_chat", quantity=2)],
        [Extension(number="102", directory_name="x", sip_username="x", created_at=NOON)],
    ):
        with pytest.raises(IntegrityError, match="pool_used_within_bought"), transaction.atomic():
            type(rows[0])._default_manager.bulk_create(rows)
    with pytest.raises(IntegrityError, match="no such licence"), transaction.atomic():
        OutsideNumber.objects.create(e164="+6561000001", extension=desk)


@pytest.mark.feature("PLT-12", "LIC-13")
def test_the_tenants_own_role_can_neither_raise_what_was_bought_nor_rewrite_the_ledger(inside_alpha: Tenant) -> None:
    for statement in (
        "UPDATE licensing_pool SET bought = 99",
        "INSERT INTO licensing_pool (sku, bought, used) VALUES ('team_chat', 99, 0)",
        "DELETE FROM licensing_ledgerentry",
        "UPDATE public.tenants_price SET monthly_minor = 0",
        "UPDATE public.tenants_registerednumber SET state = 'available'",
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


@pytest.mark.feature("TEN-08", "LIC-13")
def test_the_providers_new_limit_is_what_the_tenant_has(alpha: Tenant, bought: Callable[..., None]) -> None:
    bought(phone_system=50)

    with inside_management():
        include_package(alpha, {}, at=NOON)
        change_limits(tenant=alpha, max_extensions=7, max_channels=3)
        history = Purchase.objects.of(alpha).filter(sku="phone_system")
        ended = history.filter(ends__isnull=False).aggregate(all=Sum("quantity"))["all"]
        change_limits(tenant=alpha, max_extensions=9, max_channels=3)
        newest = history.latest("pk")
        change_limits(tenant=alpha, max_extensions=7, max_channels=3)
        left = history.running().aggregate(all=Sum("quantity"))["all"]

    assert (ended, newest.quantity, newest.included, newest.unit_minor) == (43, 2, True, 0)
    assert left == 7
    with inside(alpha):
        assert Pool.objects.get(sku="phone_system").bought == 7
        last = LedgerEntry.objects.filter(counter="bought").order_by("pk").last()
        assert (last.change, last.balance, last.reason) == (-2, 7, "limit")


@pytest.mark.feature("LIC-13")
def test_a_pool_that_begins_with_nothing_is_no_change_of_a_count(
    inside_alpha: Tenant, bought: Callable[..., None]
) -> None:
    bought(call_recording=0)
    bought(call_recording=2)

    told = LedgerEntry.objects.filter(sku="call_recording").values_list("change", "balance")
    assert list(told) == [(2, 2)]


def test_a_pool_that_is_not_counted_stays_so(alpha: Tenant) -> None:
    with inside_management():
        change_limits(tenant=alpha, max_extensions=7, max_channels=3)

    with inside(alpha):
        assert Pool.objects.get(sku="phone_system").bought is None
