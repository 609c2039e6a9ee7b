"""Work between a tenant and its PBX in the background; each entry calls one service."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from extensions.pbx.applying import apply_waiting, want_tenant
from extensions.pbx.driver import PbxAway, PbxFault
from extensions.pbx.flagging import bring_flags
from extensions.pbx.phone_features import take_phone_feature
from extensions.pbx.voicemail import look_after_boxes
from portal.jobs.outbox import enqueue
from portal.jobs.registry import PutOff, task
from tenants.models import AppliedState, AppliedVersion, Pbx, Tenant

log = logging.getLogger(__name__)
APPLY, FLAGS, PHONE_FEATURE, LOOK_AFTER = "pbx.apply", "pbx.flags", "pbx.phone_feature", "pbx.look_after"
MESSAGES = "pbx.messages"
_SPREAD = timedelta(minutes=30)
_DELIVERED = timedelta(minutes=2)  # until then a mail is usually handed over


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


@task(MESSAGES, platform=True)
def messages_task(*, tenant: str, box: int | None = None, **_: Any) -> None:
    """Look after one voicemail box, or all of a tenant. A PBX that is away tells again when it is back."""
    found = Tenant.objects.ready().filter(schema_name=tenant).first()
    if found is None:
        return
    try:
        waits = look_after_boxes(tenant=found, box=box, at=timezone.now())
    except PbxFault as fault:
        log.info("the messages of %s wait: %s", tenant, fault)
        return
    if waits:
        again = timezone.now() + _DELIVERED
        enqueue(MESSAGES, key=f"{tenant}-{box or ''}-mailed", run_at=again, tenant=tenant, box=box)


@task("pbx.all_messages", platform=True)
def all_messages_task(**_: Any) -> None:
    """Every tenant's messages, spread over half an hour: what is too old goes, and no mail is forgotten."""
    rows = AppliedVersion.objects.filter(pbx__enabled=True).order_by("tenant__schema_name")
    slugs = list(rows.values_list("tenant__schema_name", flat=True))
    now, gap = timezone.now(), _SPREAD / max(1, len(slugs))
    for place, slug in enumerate(slugs):
        enqueue(MESSAGES, key=slug, run_at=now + gap * place, tenant=slug)
