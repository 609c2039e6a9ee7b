"""Work between a tenant and its PBX in the background; each entry calls one service."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from extensions.pbx.applying import apply_waiting, want_tenant
from extensions.pbx.driver import PbxAway
from extensions.pbx.flagging import bring_flags
from extensions.pbx.phone_features import take_phone_feature
from portal.jobs.outbox import enqueue
from portal.jobs.registry import PutOff, task
from tenants.models import AppliedState, AppliedVersion, Pbx, Tenant

APPLY, FLAGS, PHONE_FEATURE, LOOK_AFTER = "pbx.apply", "pbx.flags", "pbx.phone_feature", "pbx.look_after"


@task(APPLY, platform=True)
def apply_task(*, tenant: str, **_: Any) -> None:
    """Bring a tenant, and whoever else waits for the same PBX.

    It may outlive its lease: whoever takes it up then waits for the lock of the PBX, and finds nothing left to do. A
    longer lease would only make everybody wait for a worker that was killed.
    """
    found = Tenant.objects.ready().filter(schema_name=tenant).first()
    pbx = want_tenant(tenant=found, at=timezone.now()) if found is not None else None
    if pbx is not None and apply_waiting(pbx=pbx):
        enqueue(FLAGS, key=tenant, tenant=tenant)


@task(FLAGS, platform=True)
def flags_task(*, tenant: str, **_: Any) -> None:
    """Bring the statuses of a tenant's people, and take what telephones set meanwhile."""
    found = Tenant.objects.ready().filter(schema_name=tenant).first()
    if found is None:
        return
    try:
        heard = bring_flags(tenant=found, at=timezone.now())
    except PbxAway as away:
        raise PutOff(str(away), delay=timedelta(seconds=10)) from away
    for one in heard:
        facts = {"extension_id": one.extension, "feature": one.feature, "argument": one.argument}
        enqueue(PHONE_FEATURE, schema=tenant, at=one.at.isoformat(), **facts)


@task(PHONE_FEATURE, atomic=True)
def phone_feature_task(*, extension_id: int, feature: str, argument: str, at: str, **_: Any) -> None:
    """Do what somebody switched on a telephone."""
    take_phone_feature(extension_id=extension_id, feature=feature, argument=argument, at=datetime.fromisoformat(at))


@task(LOOK_AFTER, platform=True)
def look_after_task(**_: Any) -> None:
    """The guarantee behind every wake-up: tenants that wait, and tenants that are on no PBX yet, are brought."""
    if not Pbx.objects.filter(enabled=True).exists():
        return
    waiting = AppliedVersion.objects.filter(state=AppliedState.WAITING, pbx__enabled=True)
    slugs = set(waiting.values_list("tenant__schema_name", flat=True))
    if Pbx.objects.filter(is_default=True, enabled=True).exists():
        slugs |= set(Tenant.objects.ready().filter(applied_version=None).values_list("schema_name", flat=True))
    for slug in sorted(slugs):
        enqueue(APPLY, key=slug, tenant=slug)
