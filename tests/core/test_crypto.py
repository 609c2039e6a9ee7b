"""Secrets at rest are readable in their own schema only."""

import pytest
from django.db import connection

from extensions.models import Extension
from portal.core.crypto import UnreadableSecret, decrypt, encrypt
from tenants.door import inside
from tenants.models import Tenant


def test_a_secret_is_stored_encrypted_and_read_in_clear(inside_alpha: Tenant) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sip_password FROM extensions_extension WHERE number = '101'")
        stored = cursor.fetchone()[0]

    assert "not a real secret" not in stored
    assert Extension.objects.get(number="101").sip_password == "not a real secret at all"


def test_a_secret_copied_to_another_tenant_cannot_be_read(alpha: Tenant, beta: Tenant) -> None:
    sealed = encrypt("for alpha only", schema=alpha.schema_name)

    with inside(beta), pytest.raises(UnreadableSecret):
        decrypt(sealed)


def test_the_same_text_never_looks_the_same_twice() -> None:
    assert encrypt("once", schema="t2") != encrypt("once", schema="t2")
