"""Telephones by MAC address, unique over the whole platform (PRV-02)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from extensions.models import Extension, Phone
from extensions.services.deletion import delete_object
from extensions.services.phones.edit import (
    NoSuchExtension,
    PhoneTaken,
    TooManyModules,
    UnknownModel,
    add_phone,
    edit_phone,
)
from extensions.services.phones.mac import NotAMac
from portal.accounts.models import User
from portal.core.versions import ChangedMeanwhile
from tenants.door import inside
from tenants.models import DeviceRegistration, Tenant
from tenants.services.cloning import drop_schema
from tenants.services.devices import RegisteredElsewhere, registered_elsewhere
from tests.extensions.conftest import NOON

MAC, OTHER = "805ec0123456", "805ec0123457"


@pytest.fixture
def add(inside_alpha: Tenant, owner: User) -> Callable[..., Phone]:
    """`add(mac=…)`: a telephone in alpha."""

    def make(**facts: Any) -> Phone:
        given = {"mac": MAC, "model": "yealink-t54w", "extension": "", "modules": 0, "place": "", **facts}
        return add_phone(by=owner, at=NOON, **given)

    return make


def registered() -> list[tuple[str, str]]:
    return list(DeviceRegistration.objects.order_by("mac").values_list("mac", "tenant__schema_name"))


@pytest.mark.feature("PRV-02")
def test_a_telephone_is_kept_in_one_writing_and_registered(add: Callable[..., Phone]) -> None:
    phone = add(mac="80-5E-C0-12-34-56", extension="101", modules=2, place="Reception")

    assert (phone.mac, phone.extension.number, phone.modules, phone.place) == (MAC, "101", 2, "Reception")
    assert str(phone) == "80:5E:C0:12:34:56"
    assert registered() == [(MAC, "t2")]


@pytest.mark.feature("PRV-02")
@pytest.mark.parametrize(
    ("facts", "refusal", "field"),
    [
        ({"mac": "12"}, NotAMac, "mac"),
        ({"model": "nokia-3310"}, UnknownModel, "model"),
        ({"extension": "999"}, NoSuchExtension, "extension"),
        ({"modules": 4}, TooManyModules, "modules"),
        ({"model": "poly-vvx250", "modules": 1}, TooManyModules, "modules"),
    ],
)
def test_what_does_not_fit_is_refused_beside_its_field(
    add: Callable[..., Phone], facts: dict[str, Any], refusal: type[Exception], field: str
) -> None:
    with pytest.raises(refusal) as told:
        add(**facts)

    assert told.value.field == field
    assert not Phone.objects.exists()


@pytest.mark.feature("PRV-02")
def test_the_same_address_twice_in_one_tenant_is_refused(add: Callable[..., Phone]) -> None:
    add()

    with pytest.raises(PhoneTaken, match="You have a telephone with this address already"):
        add()


@pytest.mark.feature("PRV-02")
def test_an_address_of_another_tenant_is_refused_without_telling_whose(
    beta: Tenant, stranger: User, add: Callable[..., Phone]
) -> None:
    with inside(beta):
        add_phone(mac=MAC, model="snom-d785", extension="", modules=0, place="", by=stranger, at=NOON)

    with pytest.raises(RegisteredElsewhere) as told:
        add()

    assert str(told.value) == "This telephone belongs to another customer of your provider."
    assert not Phone.objects.exists()
    assert registered_elsewhere([MAC, OTHER]) == {MAC}
    assert registered() == []  # alpha sees none of beta's, and asking left nothing behind


@pytest.mark.feature("PRV-02")
def test_set_based_writes_cannot_go_round_the_registry(beta: Tenant, add: Callable[..., Phone]) -> None:
    add()

    with inside(beta), pytest.raises(IntegrityError), transaction.atomic():
        Phone.objects.bulk_create(
            [Phone(mac=OTHER, model="", created_at=NOON), Phone(mac=MAC, model="", created_at=NOON)]
        )

    with inside(beta):
        assert not Phone.objects.exists()


@pytest.mark.feature("PRV-02")
def test_a_changed_address_frees_the_old_one_and_a_removed_telephone_its_own(
    add: Callable[..., Phone], owner: User
) -> None:
    phone = add()
    same = {"model": phone.model, "extension": "", "modules": 0, "place": "Desk"}

    changed = edit_phone(phone=phone, mac=OTHER, version=phone.version, by=owner, **same)
    after_change = registered()
    delete_object(changed, by=owner, at=NOON)

    assert after_change == [(OTHER, "t2")]
    assert registered() == []


@pytest.mark.feature("PRV-02")
def test_two_people_changing_one_telephone_do_not_overwrite_each_other(add: Callable[..., Phone], owner: User) -> None:
    phone = add()
    same = {"mac": MAC, "model": phone.model, "extension": "", "modules": 0}
    edit_phone(phone=phone, place="Theirs", version=1, by=owner, **same)

    with pytest.raises(ChangedMeanwhile):
        edit_phone(phone=phone, place="Mine", version=1, by=owner, **same)

    assert Phone.objects.get().place == "Theirs"


@pytest.mark.feature("PRV-02")
def test_a_tenant_whose_schema_goes_gives_its_telephones_back(beta: Tenant, add: Callable[..., Phone]) -> None:
    with inside(beta):
        Phone.objects.create(mac=MAC, model="snom-d785", created_at=NOON)

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as at the end of a transaction
    drop_schema(beta)

    assert add().mac == MAC


def test_a_telephone_outlives_its_extension(add: Callable[..., Phone]) -> None:
    phone = add(extension="101")

    Extension.objects.filter(number="101").delete()

    phone.refresh_from_db()
    assert phone.extension is None
