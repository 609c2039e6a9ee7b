"""Runs a claimed job, step by step, until it ends, waits, or is asked to pause.

Each step: intent committed, effect and journal in one transaction, all under the fence. Killed anywhere, the next
worker goes on from the journal.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from django.db import connection
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from portal.audit.context import acting_as
from portal.audit.models import Source
from portal.core.errors import DomainError
from portal.core.request_id import begin
from portal.jobs.checkpoints import checkpoint
from portal.jobs.context import Context
from portal.jobs.gate import CLOSED_DELAY, GateClosed, tenant_gate
from portal.jobs.journal import Exhausted, Journal
from portal.jobs.leases import Lease, LeaseLost
from portal.jobs.models import Job, JobState
from portal.jobs.registry import GiveUp, JobKind, StepKind, UnknownWork, kind_named

log = logging.getLogger(__name__)
PUBLIC = "public"


class NoTenant(GiveUp):
    """Work that belongs to a tenant was recorded without one."""


def run_job(lease: Lease, *, pause: Callable[[], bool]) -> None:
    """Run the job of this lease. `pause` is asked between steps; True gives the rest back to the queue."""
    job = Job.objects.get(pk=lease.pk)
    begin(job.request_id or None)
    try:
        kind = kind_named(job.kind)
    except UnknownWork as fault:
        _leave_to_another_version(lease, fault)
        return
    try:
        with acting_as(user=None, name=str(kind.title), source=Source.JOB):
            _run(Journal(job, kind, lease), pause)
    except LeaseLost as lost:
        log.warning("job %s: %s", job.pk, lost)
    finally:
        connection.set_schema_to_public()


def _run(journal: Journal, pause: Callable[[], bool]) -> None:
    step = None
    try:
        _refuse_without_tenant(journal.job, journal.kind)
        for step in journal.to_do():
            if pause():
                journal.lease.release(state=JobState.QUEUED)
                return
            _run_step(journal, step)
        step = None
        _finish(journal)
    except (LeaseLost, KeyboardInterrupt, SystemExit):
        raise
    except Exception as fault:
        connection.set_schema_to_public()
        log.warning("job %s, step %s: %s", journal.job.pk, step.name if step else "end", fault, exc_info=True)
        if _is_hopeless(journal, step, fault):
            journal.give_up(step, fault)
        else:
            journal.wait(step, fault)


def _run_step(journal: Journal, step: StepKind) -> None:
    undoing = journal.job.undoing
    point = f"{journal.kind.kind}.{'undo-' if undoing else ''}{step.name}"
    checkpoint(f"{point}.before_intent")
    journal.begin(step)
    checkpoint(f"{point}.after_intent")
    context = Context(journal.job, journal.lease, dict(journal.results))
    effect: AbstractContextManager = journal.lease.transaction() if step.atomic else nullcontext()
    with effect:
        with _schema_of(journal.job):
            detail = None if undoing else step.apply(context)
            if undoing:
                step.undo(context)
        checkpoint(f"{point}.after_effect")
        with nullcontext() if step.atomic else journal.lease.transaction():
            journal.done(step, detail, context.results)
    journal.results = context.results
    checkpoint(f"{point}.after_commit")


def _finish(journal: Journal) -> None:
    job, kind = journal.job, journal.kind
    checkpoint(f"{kind.kind}.end.before_intent")
    with journal.lease.transaction():
        state = JobState.UNDONE if job.undoing else JobState.SUCCEEDED
        journal.end(state, message="", cause="")
        (kind.undone if state == JobState.UNDONE else kind.succeeded)(job)
        checkpoint(f"{kind.kind}.end.after_effect")
    checkpoint(f"{kind.kind}.end.after_commit")


def _is_hopeless(journal: Journal, step: StepKind | None, fault: Exception) -> bool:
    if isinstance(fault, GateClosed):
        return not fault.later
    if isinstance(fault, DomainError | Exhausted):
        return True
    attempts = journal.entries[step.name].attempts if step else journal.job.attempts
    return attempts >= journal.kind.attempts_per_step


def _schema_of(job: Job) -> AbstractContextManager[object]:
    return nullcontext() if job.schema == PUBLIC else tenant_gate().enter(job.schema)


def _refuse_without_tenant(job: Job, kind: JobKind) -> None:
    if job.schema == PUBLIC and not kind.platform:
        raise NoTenant(_("This work belongs to a tenant and was recorded without one."))


def _leave_to_another_version(lease: Lease, fault: UnknownWork) -> None:
    """During an upgrade a job may be recorded by a newer program than this worker's."""
    log.error("job %s is put off: %s", lease.pk, fault)
    lease.release(state=JobState.WAITING, run_at=Now() + CLOSED_DELAY, cause=str(fault))
