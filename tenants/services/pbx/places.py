"""Which tenant is on which PBX."""

from datetime import datetime

from django.db import transaction

from tenants.door import inside_management
from tenants.models import AppliedState, AppliedVersion, Pbx, Tenant


def pbx_of(tenant: Tenant) -> Pbx | None:
    """The PBX that serves a tenant: the one it is on already, else the default one, else None.

    Reads as the platform, whatever schema is active: no tenant's role may see a PBX.
    """
    with inside_management():
        own = AppliedVersion.objects.filter(tenant_id=tenant.pk).select_related("pbx").first()
        return own.pbx if own is not None else Pbx.objects.filter(is_default=True).first()


@transaction.atomic
def place_tenant(*, tenant: Tenant, at: datetime) -> AppliedVersion | None:
    """The row of what is in force for a tenant, made on the default PBX where there is none; None without a PBX.

    Where the row is made, it waits since `at`. Locked for the caller. Runs in the management schema.
    """
    row = AppliedVersion.objects.select_for_update(of=("self",)).filter(tenant=tenant).select_related("pbx").first()
    if row is not None:
        return row
    default = Pbx.objects.filter(is_default=True).first()
    if default is None:
        return None
    facts = {"pbx": default, "state": AppliedState.WAITING, "since": at}
    # audit: exempt, like the table
    AppliedVersion.objects.get_or_create(tenant=tenant, defaults=facts)
    return AppliedVersion.objects.select_for_update(of=("self",)).select_related("pbx").get(tenant=tenant)


@transaction.atomic
def move_tenants(*, before: Pbx, after: Pbx, at: datetime) -> int:
    """Put every tenant of one PBX on another, where everything must be applied anew; how many moved."""
    moved = AppliedVersion.objects.filter(pbx=before)
    # audit: exempt, like the table
    return moved.update(
        pbx=after, applied=0, digest="", state=AppliedState.WAITING, since=at, drift_since=None, error=""
    )
