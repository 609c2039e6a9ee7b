"""The pool that every schema has: without one, no extension can be counted."""

from django.db import connection

from extensions.models import Extension
from licensing.models import Pool
from tenants.models import TenantKind
from tenants.skus import PHONE_SYSTEM


def seed_pools() -> None:
    """The pool of base licences in the active schema; safe to repeat. Named in TENANT_SEEDS.

    A tenant from before there were licences gets as many as it may have; a template's are not counted.
    """
    if Pool.objects.filter(sku=PHONE_SYSTEM).exists():
        return
    tenant, used = connection.tenant, Extension.objects.count()
    counted = getattr(tenant, "kind", "") == TenantKind.CUSTOMER
    Pool.objects.create(sku=PHONE_SYSTEM, bought=max(used, tenant.max_extensions) if counted else None, used=used)
