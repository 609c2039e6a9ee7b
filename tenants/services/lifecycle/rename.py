"""Give a tenant another name. Schema, instance number and personnel IDs stay for ever (TEN-09)."""

from django.db import transaction

from tenants.models import ClaimKind, NameClaim, Tenant
from tenants.services.lifecycle.guard import demand_there
from tenants.services.names import claim_names


@transaction.atomic
def rename_tenant(*, tenant: Tenant, name: str, short_name: str) -> Tenant:
    """Change name and short name; the old ones become free.

    Raises ManagementInstance and NotThere, and Refusals for names that another tenant or open request holds.
    """
    locked = Tenant.objects.select_for_update().get(pk=tenant.pk)
    demand_there(locked)
    replace_claims(locked, {ClaimKind.NAME: name, ClaimKind.SHORT_NAME: short_name})
    locked.name, locked.short_name = name, short_name
    locked.save(update_fields=["name", "short_name"])
    return locked


def replace_claims(tenant: Tenant, names: dict[ClaimKind, str]) -> None:
    """Hold `names` for the tenant instead of what it held of the same kinds. Raises Refusals; call inside atomic."""
    NameClaim.objects.filter(tenant=tenant, kind__in=list(names)).delete()
    claim_names({str(kind): value for kind, value in names.items()}, tenant=tenant)
