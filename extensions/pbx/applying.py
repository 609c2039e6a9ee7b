"""Bringing tenants to their PBX: whatever waits, together, by one reading of the files (ARCHITECTURE section 4).

One process at a time works on a PBX; whoever waited for it finds that its own tenant is done already. That is how a
hundred changes in a row become a few reloads.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from extensions.models import Configuration
from extensions.pbx.driver import Applied, Change, FileSet, PbxAway, PbxDriver, PbxFault
from extensions.pbx.drivers import driver_of, facts_of
from extensions.pbx.facts import take_tenant_facts
from extensions.pbx.formats.values import NotEmittable
from extensions.pbx.render.shared import render_common
from extensions.pbx.render.trunks import TrunkFacts
from extensions.pbx.sounds import sounds_of
from tenants.door import inside
from tenants.models import AppliedState, AppliedVersion, Pbx, Tenant, Trunk
from tenants.services.pbx.places import place_tenant
from tenants.services.pbx.seen import saw_fault, saw_reloads

log = logging.getLogger(__name__)
AT_ONCE = 50  # tenants that are brought together
_LOCKS = 7_306  # the family of advisory locks of PBXs, in this database only


def want_tenant(*, tenant: Tenant, at: datetime) -> Pbx | None:
    """Note which version of a tenant's configuration is wanted on its PBX; the PBX if something is to be done."""
    with inside(tenant):
        version = Configuration.objects.values_list("version", flat=True).get(pk=1)
    with transaction.atomic():
        row = place_tenant(tenant=tenant, at=at)
        if row is None or not row.pbx.enabled:
            return None
        if row.state == AppliedState.APPLIED and row.applied == version and not row.drift_since:
            return None
        # audit: exempt, like the table
        waits = row.state in (AppliedState.WAITING, AppliedState.APPLYING)
        AppliedVersion.objects.filter(pk=row.pk).update(
            wanted=version, state=AppliedState.WAITING, since=row.since if waits else at
        )
        return row.pbx


@transaction.atomic
def apply_waiting(*, pbx: Pbx) -> int:
    """Bring every tenant that waits for this PBX, at most AT_ONCE; how many were brought or refused.

    Where the PBX is away they go on waiting, and their rows say so. A tenant that cannot be rendered or is not taken
    fails by itself; the others are not held up.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCKS, pbx.pk])
    waiting = AppliedVersion.objects.filter(pbx=pbx, state=AppliedState.WAITING).select_related("tenant")
    rows = list(waiting.order_by("since", "pk")[:AT_ONCE])
    if not rows:
        return 0
    driver = driver_of(facts_of(pbx))
    changes, outcome = _rendered(driver, [row.tenant for row in rows])
    try:
        outcome |= asyncio.run(driver.apply(changes, shared_files(pbx)))
    except PbxFault as fault:
        _note_fault(pbx, rows, fault)
        return 0
    versions = {change.tenant: change.facts.snapshot.version for change in changes}
    for row in rows:
        _note(row, outcome[row.tenant.schema_name], versions.get(row.tenant.schema_name, row.wanted))
    reloads = {name for one in outcome.values() if isinstance(one, Applied) for name in one.reloaded}
    if reloads:
        saw_reloads(pbx_id=pbx.pk, count=1, at=timezone.now())
    return len(rows)


def shared_files(pbx: Pbx) -> FileSet:
    """What all tenants of a PBX share. Raises PbxFault where it cannot be written."""
    trunks = [
        TrunkFacts(
            id=one.pk, host=one.host, port=one.port, transport=one.transport, username=one.username,
            password=one.secret or "", registers=bool(one.username), match=tuple(one.match_addresses),
            emergency=one.emergency,
        )
        for one in Trunk.objects.filter(pbx=pbx, enabled=True).order_by("position", "pk")
    ]  # fmt: skip
    countries = Tenant.objects.filter(applied_version__pbx=pbx).values_list("country", flat=True)
    sounds = str(Path(pbx.config_folder).absolute() / "tenants") if pbx.config_folder else ""
    try:
        return render_common(trunks=trunks, countries={*countries, ""}, sounds=sounds)
    except NotEmittable as fault:
        raise PbxFault(_("It cannot be written for a PBX: %(why)s.") % {"why": fault}) from fault


def _rendered(driver: PbxDriver, tenants: Sequence[Tenant]) -> tuple[list[Change], dict[str, Applied | PbxFault]]:
    changes: list[Change] = []
    failed: dict[str, Applied | PbxFault] = {}
    for tenant in tenants:
        try:
            with inside(tenant), transaction.atomic():
                facts = take_tenant_facts(at=timezone.now())
                sounds = sounds_of(facts)
            changes.append(Change(facts, driver.render(facts), **sounds))
        except NotEmittable as fault:
            failed[tenant.schema_name] = PbxFault(_("It cannot be written for a PBX: %(why)s.") % {"why": fault})
        except Exception:  # a tenant that is broken must not hold up the others
            log.exception("%s cannot be rendered", tenant.schema_name)
            failed[tenant.schema_name] = PbxFault(_("It cannot be rendered; the log says why."))
    return changes, failed


def _note(row: AppliedVersion, outcome: Applied | PbxFault, version: int) -> None:
    """Write down how bringing `version` to the place in `row` ended. What was asked for meanwhile goes on waiting: a
    newer version, or the same once more (`apply_again`), for which it waits since then."""
    now = timezone.now()
    current = AppliedVersion.objects.select_for_update().filter(pk=row.pk, pbx_id=row.pbx_id).first()
    if current is None:  # it was moved to another PBX meanwhile, or is gone
        return
    newer = current.wanted > version or current.since > row.since
    facts: Mapping[str, object]
    if isinstance(outcome, Applied):
        facts = {
            "state": AppliedState.WAITING if newer else AppliedState.APPLIED, "applied": version,
            "wanted": max(current.wanted, version), "digest": outcome.digest, "applied_at": now, "error": "",
            "seconds": outcome.seconds, "reloaded": list(outcome.reloaded), "drift_since": None,
        }  # fmt: skip
    elif isinstance(outcome, PbxAway) or newer:
        facts = {"error": str(outcome)[:500]}
    else:
        facts = {"state": AppliedState.FAILED, "error": str(outcome)[:500]}
    # audit: exempt, like the table
    moved = {"since": now} if facts.get("state", current.state) != current.state else {}
    AppliedVersion.objects.filter(pk=current.pk).update(**facts, **moved)


def _note_fault(pbx: Pbx, rows: Sequence[AppliedVersion], fault: PbxFault) -> None:
    AppliedVersion.objects.filter(pk__in=[row.pk for row in rows]).update(error=str(fault)[:500])
    saw_fault(pbx_id=pbx.pk, sentence=str(fault), at=timezone.now())
