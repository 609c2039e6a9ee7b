"""Claims: exactly one worker holds a row at a time, and a commit under an older claim is refused.

All times are the database's. Every claim raises `fence`; whoever commits must still hold the number it was given.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Now

from portal.jobs.models import Job, JobState, Outbox

# A lease that ends later than any lease may was written before the database's clock was set back: it is void.
_LONGEST = timedelta(minutes=30)
_KEYS_TRIED = 50


class LeaseLost(Exception):
    """Another worker has taken this row over; nothing may be written for it any more."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work on one row until the lease ends."""

    model: type[Job] | type[Outbox]
    pk: Any
    fence: int
    seconds: float

    def row(self) -> QuerySet:
        """The row, as long as it is this worker's."""
        live = Q(state=JobState.RUNNING) if self.model is Job else Q(done_at=None, failed_at=None)
        return self.model.objects.filter(live, pk=self.pk, fence=self.fence)

    def hold(self, **fields: Any) -> None:
        """Lengthen the lease and set `fields`; raises LeaseLost."""
        self.set(leased_until=Now() + timedelta(seconds=self.seconds), **fields)

    def release(self, **fields: Any) -> None:
        """Give the row back and set `fields`; raises LeaseLost."""
        self.set(leased_until=None, leased_by="", **fields)

    def set(self, **fields: Any) -> None:
        # No audit entry: leases and progress are the engine's bookkeeping; what a job does is audited by the job.
        if not self.row().update(**fields):
            raise LeaseLost(f"{self.model.__name__} {self.pk}: fence {self.fence} is no longer the latest")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A transaction that commits only while the lease is held.

        The row stays locked to its end, so that nobody can claim it meanwhile, however long it takes. A worker that is
        suspended in the middle is cut off by the database after one lease, which frees its locks.
        """
        outermost = not connection.in_atomic_block
        with transaction.atomic():
            with as_platform():
                if outermost:
                    _cut_off_when_idle(self.seconds)
                self.hold()
            yield


@contextmanager
def as_platform() -> Iterator[None]:
    """The management schema as the owner, for the engine's own tables, whatever schema is active."""
    before = connection.tenant
    connection.set_schema_to_public()
    try:
        yield
    finally:
        connection.set_tenant(before)


def due(rows: QuerySet) -> QuerySet:
    """Those of `rows` whose time has come and that nobody holds."""
    held = Q(leased_until__gte=Now(), leased_until__lte=Now() + _LONGEST)
    return rows.filter(run_at__lte=Now()).exclude(held)


@transaction.atomic
def claim_job(queue: str) -> Lease | None:
    """Take the oldest due job of the queue, or None."""
    found = due(Job.objects.open().filter(queue=queue)).select_for_update(skip_locked=True)
    job = found.order_by("run_at", "pk").first()
    if job is None:
        return None
    return _take(job, settings.PORTAL_LEASE_SECONDS, state=JobState.RUNNING, started_at=Coalesce("started_at", Now()))


@transaction.atomic
def claim_task(queue: str, lease_seconds: dict[str, float]) -> Lease | None:
    """Take the oldest due task of the queue, or None. `lease_seconds`: tasks that need longer than the usual lease."""
    passed: list[int] = []
    for _attempt in range(_KEYS_TRIED):
        found = due(Outbox.objects.waiting().filter(queue=queue).exclude(pk__in=passed))
        row = found.select_for_update(skip_locked=True).order_by("run_at", "pk").first()
        if row is None:
            return None
        if not row.key or _key_is_free(row):
            return _take(row, max(settings.PORTAL_LEASE_SECONDS, lease_seconds.get(row.task, 0.0)))
        passed.append(row.pk)
    return None


def lock_key(schema: str, task: str, key: str) -> None:
    """Hold off the claim of a coalesced row until this transaction ends.

    Without it a worker could claim the waiting row, with which this transaction's own was coalesced, before the change
    that asked for it is committed: the work would run without seeing the change, and nobody would run it again.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [_lock_name(schema, task, key)])


def _key_is_free(row: Outbox) -> bool:
    """Whether nobody is about to coalesce with this row and no other row of its key is being worked on."""
    with connection.cursor() as cursor:
        name = _lock_name(row.schema, row.task, row.key)
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        if not cursor.fetchone()[0]:
            return False
    twins = Outbox.objects.waiting().filter(schema=row.schema, task=row.task, key=row.key).exclude(pk=row.pk)
    return not twins.filter(leased_until__gte=Now(), leased_until__lte=Now() + _LONGEST).exists()


def _take(row: Job | Outbox, seconds: float, **fields: Any) -> Lease:
    rows = type(row).objects.filter(pk=row.pk)
    until = Now() + timedelta(seconds=seconds)
    rows.update(fence=F("fence") + 1, attempts=F("attempts") + 1, leased_until=until, leased_by=_worker(), **fields)
    return Lease(type(row), row.pk, row.fence + 1, seconds)


def _worker() -> str:
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


def _lock_name(*parts: str) -> str:
    return "\x1f".join(parts)


def _cut_off_when_idle(seconds: float) -> None:
    with connection.cursor() as cursor:
        limit = str(max(1000, int(seconds * 1000)))
        cursor.execute("SELECT set_config('idle_in_transaction_session_timeout', %s, true)", [limit])
