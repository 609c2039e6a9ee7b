"""What a tenant may use, changed by an operator without going inside (TEN-08)."""

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import ngettext

from portal.core.errors import DomainError
from tenants.door import inside
from tenants.limits import Limit
from tenants.models import Tenant
from tenants.services.lifecycle.guard import demand_there


class BelowUse(DomainError):
    """The tenant already has more than the new limit."""


@transaction.atomic
def change_limits(
    *, tenant: Tenant, max_extensions: int, max_channels: int, limits: Mapping[str, int | None] | None = None
) -> Tenant:
    """Set what the tenant may have; `limits` holds those without a column by SKU (None: no limit), else they stay.

    Raises ManagementInstance and NotThere, and BelowUse by field where more exists than a new limit allows.
    """
    locked = Tenant.objects.select_for_update().get(pk=tenant.pk)
    demand_there(locked)
    used = usage_in(locked)
    _demand_room({"max_extensions": max_extensions, **(limits or {})}, used)
    locked.max_extensions, locked.max_channels = max_extensions, max_channels
    if limits is not None:
        locked.limits = {**locked.limits, **limits}
    locked.save(update_fields=["max_extensions", "max_channels", "limits"])
    import_string(settings.ENTITLEMENT)(tenant=locked, extensions=max_extensions)
    return locked


def _demand_room(wanted: Mapping[str, int | None], used: Mapping[str, int]) -> None:
    for field, limit in wanted.items():
        sku = Limit.EXTENSIONS.value if field == "max_extensions" else field
        there = used.get(sku, 0)
        if limit is None or there <= limit:
            continue
        text = ngettext(
            "This tenant has %(used)d %(what)s: delete it first, or allow at least %(used)d.",
            "This tenant has %(used)d %(what)s: delete %(over)d of them first, or allow at least %(used)d.",
            there,
        )
        raise BelowUse(text % {"used": there, "over": there - limit, "what": _what(sku, there)}, field=field)


def _what(sku: str, count: int) -> str:
    if sku == Limit.EXTENSIONS.value:
        return ngettext("extension", "extensions", count)
    return str(Limit(sku).label)


@transaction.atomic
def change_product(*, tenant: Tenant, product: str) -> Tenant:
    """Sell the tenant another product type; the limits stay. Raises ManagementInstance and NotThere."""
    locked = Tenant.objects.select_for_update().get(pk=tenant.pk)
    demand_there(locked)
    locked.product = product
    locked.save(update_fields=["product"])
    return locked


def usage_in(tenant: Tenant) -> dict[str, int]:
    """How much of each limit stands in the tenant's schema now, by SKU; storage in megabytes."""
    with inside(tenant):
        return dict(import_string(settings.USAGE_COUNT)())


def extensions_in(tenant: Tenant) -> int:
    """How many extensions stand in the tenant's schema now; the app that owns them is named in settings."""
    with inside(tenant):
        return int(import_string(settings.EXTENSION_COUNT)())


@transaction.atomic
def count_extensions(*, tenant: Tenant) -> Tenant:
    """Copy the number of extensions up to the tenant's row, where lists read it."""
    locked = Tenant.objects.select_for_update().get(pk=tenant.pk)
    used = extensions_in(locked)
    if used != locked.extensions_used:
        locked.extensions_used = used
        locked.save(update_fields=["extensions_used"])
    return locked
