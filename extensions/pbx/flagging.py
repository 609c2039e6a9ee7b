"""Agent status and its PBX: what is set in the portal goes there, what telephones set comes here (PRS-06)."""

import asyncio
from datetime import datetime

from extensions.models import AgentStatus, Presence
from extensions.pbx.driver import Flags, PbxAway
from extensions.pbx.drivers import driver_of, facts_of
from extensions.pbx.events import PhoneFeature
from tenants.door import inside
from tenants.models import Tenant
from tenants.services.pbx.places import pbx_of


def flags_now(*, at: datetime) -> Flags:
    """The statuses of the active tenant, as its PBX must have them; two queries."""
    rows = [one for one in Presence.objects.select_related("status", "extension") if not one.until or one.until > at]
    return Flags(
        statuses={one.extension_id: (one.status.kind, int(one.since.timestamp())) for one in rows},
        resting=frozenset(AgentStatus.objects.filter(rings_team=False).values_list("kind", flat=True)),
        numbers={one.extension_id: one.extension.number for one in rows},
    )


def bring_flags(*, tenant: Tenant, at: datetime) -> list[PhoneFeature]:
    """Make the flags on the tenant's PBX those of the portal; what telephones set meanwhile is returned.

    Nothing happens without a PBX. Raises PbxAway where it does not answer.
    """
    pbx = pbx_of(tenant)
    if pbx is None or not pbx.enabled:
        return []
    with inside(tenant):
        flags = flags_now(at=at)
    return list(asyncio.run(driver_of(facts_of(pbx)).set_flags(tenant.schema_name, flags)))


__all__ = ["PbxAway", "bring_flags", "flags_now"]
