"""The one way a tenant changes its state: by the table of moves, with a row that says who, when and why (TEN-02)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from portal.core.errors import ManagementInstance
from tenants.models import Tenant, TenantMove, TenantState
from tenants.tenant_states import TENANT_MOVES


@transaction.atomic
def move_tenant(
    *, tenant: Tenant, to: TenantState, by_name: str, at: datetime, reason: str = "", also: dict[str, Any] | None = None
) -> Tenant:
    """Move `tenant` to `to`, setting the fields in `also` with it, and record the move.

    Raises ManagementInstance for instance 1 and IllegalMove where the table does not allow the move.
    """
    if tenant.is_management:
        raise ManagementInstance
    before = TENANT_MOVES.move(tenant, to, **(also or {}))
    TenantMove.objects.create(tenant=tenant, before=before, after=to, reason=reason, by_name=by_name, at=at)
    return tenant
