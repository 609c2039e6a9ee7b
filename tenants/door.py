"""The one door into a schema. Nothing else switches (ARCHITECTURE section 3)."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy

from django.db import connection

from tenants.models import Tenant


@contextmanager
def inside(tenant: Tenant, *, owner: bool = False) -> Iterator[Tenant]:
    """Run a block inside `tenant`'s schema, under its database role, and come back afterwards.

    `owner=True` leaves the second wall down: for provisioning and upgrade, which make tables and roles.
    """
    before = connection.tenant
    entered = tenant
    if owner:
        entered = copy(tenant)
        entered.db_role = ""
    connection.set_tenant(entered)
    try:
        yield tenant
    finally:
        connection.set_tenant(before)


@contextmanager
def inside_management() -> Iterator[None]:
    """Run a block in the management instance's schema, as the owner, and come back afterwards."""
    before = connection.tenant
    connection.set_schema_to_public()
    try:
        yield
    finally:
        connection.set_tenant(before)
