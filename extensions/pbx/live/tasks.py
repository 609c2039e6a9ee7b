"""Work asked from the live board and from the pages about PBXs; each entry calls one service."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from extensions.pbx.probing import probe_pbx
from extensions.services.live.dial import TASK as DIAL
from extensions.services.live.dial import dial
from extensions.services.live.hang_up import TASK as HANG_UP
from extensions.services.live.hang_up import hang_up
from portal.jobs.registry import task
from tenants.models import Pbx, Tenant


@task(HANG_UP, platform=True, attempts=2)
def hang_up_task(*, origin: str, leg_id: str, **_: Any) -> None:
    """End a call of the tenant that asked."""
    tenant = Tenant.objects.ready().filter(schema_name=origin).first()
    if tenant is not None:
        hang_up(tenant=tenant, leg_id=leg_id)


@task(DIAL, platform=True, attempts=1)
def dial_task(*, tenant: str, address: str, number: str, at: str, **_: Any) -> None:
    """Let somebody's telephones ring and call a number."""
    asked_at = datetime.fromisoformat(at)
    dial(tenant=tenant, address=address, number=number, asked_at=asked_at, at=timezone.now())


@task("pbx.probe", platform=True, attempts=1)
def probe_task(*, pbx_id: int, **_: Any) -> None:
    """Ask a PBX who it is; its page shows the answer."""
    pbx = Pbx.objects.filter(pk=pbx_id).first()
    if pbx is not None:
        probe_pbx(pbx=pbx)
