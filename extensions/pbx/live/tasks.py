"""Work asked from the live board and from the pages about PBXs; each entry calls one service."""

from typing import Any

from extensions.pbx.probing import probe_pbx
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


@task("pbx.probe", platform=True, attempts=1)
def probe_task(*, pbx_id: int, **_: Any) -> None:
    """Ask a PBX who it is; its page shows the answer."""
    pbx = Pbx.objects.filter(pk=pbx_id).first()
    if pbx is not None:
        probe_pbx(pbx=pbx)
