"""The right to follow a PBX: one process at a time, however many run (as in portal.jobs.leases)."""

import os
import socket
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from tenants.models import Pbx

SECONDS = 15.0
# A lease that ends later than any may was written before the database's clock was set back: it is void.
_LONGEST = timedelta(minutes=5)


class PbxLeaseLost(Exception):
    """Another process follows this PBX now, or it was switched off; nothing may be told of it any more."""


@transaction.atomic
def claim_pbx(*, pbx_id: int, seconds: float = SECONDS) -> int | None:
    """The fence under which this process may follow the PBX, or None: somebody else does, or it is disabled."""
    held = Q(leased_until__gte=Now(), leased_until__lte=Now() + _LONGEST)
    found = Pbx.objects.filter(pk=pbx_id, enabled=True).exclude(held).select_for_update(skip_locked=True).first()
    if found is None:
        return None
    # audit: bookkeeping; the audit log ignores these fields
    Pbx.objects.filter(pk=pbx_id).update(
        fence=F("fence") + 1, leased_until=Now() + timedelta(seconds=seconds), leased_by=_process()
    )
    return found.fence + 1


def hold_pbx(*, pbx_id: int, fence: int, seconds: float = SECONDS) -> None:
    """Lengthen the lease. Raises PbxLeaseLost."""
    mine = Pbx.objects.filter(pk=pbx_id, fence=fence, enabled=True)
    # audit: a lease, which the log ignores
    if not mine.update(leased_until=Now() + timedelta(seconds=seconds)):
        raise PbxLeaseLost(f"PBX {pbx_id}: fence {fence} is no longer the latest")


def release_pbx(*, pbx_id: int, fence: int) -> None:
    """Let another process follow it at once."""
    # audit: a lease, which the log ignores
    Pbx.objects.filter(pk=pbx_id, fence=fence).update(leased_until=None, leased_by="")


def _process() -> str:
    return f"{socket.gethostname()[:60]}:{os.getpid()}"
