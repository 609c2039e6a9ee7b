"""Telling the management side how many extensions there are now (TEN-01)."""

from django.db import connection

from portal.jobs.outbox import enqueue


def extensions_changed() -> None:
    """Ask, in this transaction and once for many changes, that the tenant's count be copied up."""
    enqueue("tenants.count_extensions", key=connection.schema_name)
