"""What a tenant may use, changed by an operator without going inside (TEN-08)."""

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import ngettext

from portal.core.errors import DomainError
from tenants.door import inside
from tenants.models import Tenant
from tenants.services.lifecycle.guard import demand_there


class BelowUse(DomainError):
    """The tenant already has more than the new limit."""


@transaction.atomic
def change_limits(*, tenant: Tenant, max_extensions: int, max_channels: int) -> Tenant:
    """Set how many extensions and channels the tenant may have.

    Raises ManagementInstance and NotThere, and BelowUse where more extensions exist than `max_extensions`.
    """
    locked = Tenant.objects.select_for_update().get(pk=tenant.pk)
    demand_there(locked)
    used = extensions_in(locked)
    if max_extensions < used:
        text = ngettext(
            "This tenant has %(used)d extension: delete it first, or allow at least %(used)d.",
            "This tenant has %(used)d extensions: delete %(over)d of them first, or allow at least %(used)d.",
            used,
        )
        raise BelowUse(text % {"used": used, "over": used - max_extensions}, field="max_extensions")
    locked.max_extensions, locked.max_channels = max_extensions, max_channels
    locked.save(update_fields=["max_extensions", "max_channels"])
    return locked


@transaction.atomic
def change_product(*, tenant: Tenant, product: str) -> Tenant:
    """Sell the tenant another product type; the limits stay. Raises ManagementInstance and NotThere."""
    locked = Tenant.objects.select_for_update().get(pk=tenant.pk)
    demand_there(locked)
    locked.product = product
    locked.save(update_fields=["product"])
    return locked


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
