"""Asking a PBX to take a configuration again, whatever is in force."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from tenants.models import AppliedState, AppliedVersion, Pbx, Tenant


@transaction.atomic
def apply_again(*, pbx: Pbx, at: datetime, ask: Callable[[str], None], tenant: Tenant | None = None) -> int:
    """Let every tenant of a PBX, or one, be applied anew; how many. `ask` records the work for a tenant's slug."""
    rows = AppliedVersion.objects.filter(pbx=pbx).select_for_update(of=("self",))
    if tenant is not None:
        rows = rows.filter(tenant=tenant)
    slugs = sorted(rows.values_list("tenant__schema_name", flat=True))
    # audit: exempt, like the table
    AppliedVersion.objects.filter(pbx=pbx, tenant__schema_name__in=slugs).update(
        state=AppliedState.WAITING, since=at, error=""
    )
    for slug in slugs:
        ask(slug)
    return len(slugs)
