"""The address with which a telephone fetches its configuration: made, kept secret, ended (PRV-01, EXT-06)."""

import pytest
from django.db import connection

from extensions.models import Phone, PhoneAccess
from extensions.services.phones.access import NothingToFetch, issue_access
from extensions.services.phones.edit import edit_phone
from portal.accounts.models import User
from portal.audit.models import LogEntry
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import NOON
from tests.extensions.keys.conftest import colleague
from tests.extensions.provisioning.conftest import MAC, SOON, Fetch, at


@pytest.mark.feature("PRV-01")
def test_a_new_secret_or_a_new_owner_ends_the_old_address(
    fetch: Fetch, access: PhoneAccess, alpha: Tenant, phone: Phone, owner: User
) -> None:
    facts = {"mac": MAC, "model": "yealink-t54w", "modules": 0, "version": None, "by": owner}
    with inside(alpha):
        colleague("102", "Mei Tan")
        edit_phone(phone=phone, extension="101", place="Hall", **facts)
    with at(SOON):
        same_owner = fetch(access.secret)
    with inside(alpha):
        second = issue_access(phone=phone, by=owner, at=SOON)
    with at(SOON):
        replaced = fetch(access.secret)
    with inside(alpha):
        edit_phone(phone=phone, extension="102", place="Hall", **facts)
    with at(SOON):
        moved = fetch(second.secret)

    assert (same_owner.status_code, replaced.status_code, moved.status_code) == (200, 404, 404)
    assert second.secret != access.secret


@pytest.mark.feature("PRV-01")
def test_secrets_are_long_encrypted_and_found_by_a_digest(access: PhoneAccess, alpha: Tenant) -> None:
    with inside(alpha), connection.cursor() as cursor:
        cursor.execute("SELECT secret, password, admin_password, digest FROM extensions_phoneaccess")
        stored = "".join(cursor.fetchone())
        logged = str(list(LogEntry.objects.values_list("changes", flat=True)))

    for told in (access.secret, access.password, access.admin_password):
        assert len(told) >= 24
        assert told not in stored
        assert told not in logged
    assert len(access.secret) == 27


def test_telephones_without_family_or_extension_have_nothing_to_fetch(alpha: Tenant, phone: Phone, owner: User) -> None:
    with inside(alpha):
        other = Phone.objects.create(mac="0c383e000001", model="", extension=phone.extension, created_at=NOON)
        waiting = Phone.objects.create(mac="0c383e000002", model="fanvil-x7", created_at=NOON)
        with pytest.raises(NothingToFetch, match="do not fetch"):
            issue_access(phone=other, by=owner, at=NOON)
        with pytest.raises(NothingToFetch, match="an extension first"):
            issue_access(phone=waiting, by=owner, at=NOON)


@pytest.mark.feature("PRV-01")
@pytest.mark.parametrize("facts", [{"mac": "805ec0000999"}, {"mac": "000413000101", "model": "snom-d785"}])
def test_another_telephone_in_its_place_needs_an_address_of_its_own(
    access: PhoneAccess, alpha: Tenant, phone: Phone, owner: User, facts: dict[str, str]
) -> None:
    same = {"mac": MAC, "model": "yealink-t54w", "extension": "101", "modules": 0, "place": "", "version": None}
    with inside(alpha):
        edit_phone(phone=phone, by=owner, **same | {"model": "yealink-t46u"})
        kept = PhoneAccess.objects.filter(phone=phone).exists()
        edit_phone(phone=phone, by=owner, **same | facts)

        assert (kept, PhoneAccess.objects.filter(phone=phone).exists()) == (True, False)
