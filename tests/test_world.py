"""The world of the tests is what the tests believe it is."""

import pytest
from django.db import ProgrammingError, connection

from extensions.models import Extension
from tenants.door import inside
from tenants.models import Tenant


def test_each_tenant_sees_its_own_extension_101(alpha: Tenant, beta: Tenant) -> None:
    with inside(alpha):
        first = Extension.objects.get(number="101")
    with inside(beta):
        second = Extension.objects.get(number="101")

    assert first.pk != second.pk
    assert "alpha" in first.directory_name
    assert "beta" in second.directory_name


def test_the_role_of_a_tenant_cannot_read_another_schema(inside_alpha: Tenant) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM t3.extensions_extension")
