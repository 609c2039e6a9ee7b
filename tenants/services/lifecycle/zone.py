"""The zone in which a tenant's day begins (SCH-06, TEN-08)."""

from zoneinfo import ZoneInfo

from django.db import transaction

from portal.core.events import emit
from tenants.events import ZoneChanged
from tenants.models import Tenant
from tenants.services.lifecycle.guard import demand_there


@transaction.atomic
def change_zone(*, tenant: Tenant, time_zone: ZoneInfo) -> Tenant:
    """Let the tenant live in another zone, and tell ZoneChanged. Raises ManagementInstance and NotThere."""
    locked = Tenant.objects.select_for_update().get(pk=tenant.pk)
    demand_there(locked)
    locked.time_zone = time_zone
    locked.save(update_fields=["time_zone"])
    emit(ZoneChanged(locked.schema_name))
    return locked
