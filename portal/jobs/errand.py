"""Runs one claimed task of the outbox."""

import logging
from contextlib import AbstractContextManager, nullcontext

from django.db import connection
from django.db.models import F
from django.db.models.functions import Now

from portal.audit.context import acting_as
from portal.audit.models import Source
from portal.core.errors import DomainError
from portal.core.request_id import begin
from portal.jobs.checkpoints import checkpoint
from portal.jobs.gate import CLOSED_DELAY, GateClosed, tenant_gate
from portal.jobs.journal import cause_of, retry_delay
from portal.jobs.leases import Lease, LeaseLost
from portal.jobs.models import Outbox
from portal.jobs.outbox import PUBLIC, NoSchema
from portal.jobs.registry import GiveUp, PutOff, Task, UnknownWork, task_named

log = logging.getLogger(__name__)
# A name that this worker does not know may belong to a newer program during an upgrade: it is put off, this often.
_UNKNOWN_ATTEMPTS = 10


def run_task(lease: Lease) -> None:
    """Run the task of this lease inside its schema and mark it done, put off or given up."""
    row = Outbox.objects.get(pk=lease.pk)
    begin(row.request_id or None)
    try:
        _run(row, lease)
    except LeaseLost as lost:
        log.warning("task %s: %s", row.task, lost)
    finally:
        connection.set_schema_to_public()


def _run(row: Outbox, lease: Lease) -> None:
    attempts = _UNKNOWN_ATTEMPTS
    try:
        task = task_named(row.task)
        attempts = task.attempts
        if row.attempts > attempts:
            raise GiveUp(f"the worker stopped {attempts} times in this task")
        with acting_as(name="Portal", source=Source.JOB):
            _call(task, row, lease)
    except LeaseLost:
        raise
    except Exception as fault:
        connection.set_schema_to_public()
        log.warning("task %s for %s, row %s: %s", row.task, row.schema, row.pk, fault, exc_info=_is_a_surprise(fault))
        _put_back(row, lease, fault, attempts)


def _call(task: Task, row: Outbox, lease: Lease) -> None:
    checkpoint(f"{task.name}.before_effect")
    effect: AbstractContextManager = lease.transaction() if task.atomic else nullcontext()
    with effect:
        with _schema_for(task, row.schema):
            task.run(**{**row.kwargs, "origin": row.schema})
        checkpoint(f"{task.name}.after_effect")
        with nullcontext() if task.atomic else lease.transaction():
            lease.release(done_at=Now(), error="")
    checkpoint(f"{task.name}.after_commit")


def _put_back(row: Outbox, lease: Lease, fault: Exception, attempts: int) -> None:
    if isinstance(fault, GateClosed) and fault.later:
        # The tenant's pause costs no attempt: its work waits for as long as that takes.
        lease.release(run_at=Now() + CLOSED_DELAY, attempts=F("attempts") - 1, error=str(fault))
        return
    if isinstance(fault, DomainError | NoSchema | GateClosed) or row.attempts >= attempts:
        log.error("task %s for %s, row %s is given up: %s", row.task, row.schema, row.pk, fault)
        lease.release(failed_at=Now(), error=cause_of(fault))
        return
    delay = fault.delay if isinstance(fault, PutOff) else retry_delay(row.attempts)
    lease.release(run_at=Now() + delay, error=cause_of(fault))


def _schema_for(task: Task, schema: str) -> AbstractContextManager[object]:
    if task.platform:
        return nullcontext()
    if schema == PUBLIC:
        raise NoSchema(f"{task.name} belongs to a tenant and was recorded without one")
    return tenant_gate().enter(schema)


def _is_a_surprise(fault: Exception) -> bool:
    return not isinstance(fault, DomainError | GateClosed | NoSchema | PutOff | UnknownWork)
