"""Starting jobs, and what people do with them."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.db.clashes import refusing
from portal.core.errors import DomainError
from portal.core.request_id import current
from portal.jobs.history import CANCELLED, REMOVING, RETRIED, record_job
from portal.jobs.leases import as_platform
from portal.jobs.models import Job, JobState, Step
from portal.jobs.outbox import PUBLIC, NoSchema, enqueue
from portal.jobs.registry import kind_named, people_act_elsewhere
from portal.jobs.states import JOB_MOVES
from portal.jobs.wake import wake_on_commit

if TYPE_CHECKING:
    from portal.accounts.models import User


class AlreadyRunning(DomainError):
    """An open job of this kind exists for the same thing."""


class NotPossible(DomainError):
    """The job is not in a state in which that can be done."""


@transaction.atomic
def start_job(  # noqa: PLR0913 - facts of one row, most with a default
    *,
    kind: str,
    title: str,
    payload: dict[str, Any],
    key: str = "",
    schema: str | None = None,
    owner: "User | None" = None,
    run_at: datetime | None = None,
    total: int = 0,
) -> Job:
    """Record a job for the active schema, with its steps; it starts after this transaction commits, or at `run_at`.

    `key` holds off a second open job of this kind for the same thing (AlreadyRunning). `schema` is for platform code
    that starts a tenant's job. `owner` sees it among their own jobs. `total` counts rows where steps do not.
    Raises UnknownWork and NoSchema.
    """
    work = kind_named(kind)
    active = connection.schema_name or PUBLIC
    target = schema or active
    later = run_at is not None and run_at > timezone.now()
    if active not in (PUBLIC, target):
        raise NoSchema(f"{kind}: {active} may not start jobs in {target}")
    if (target == PUBLIC) != work.platform:
        raise NoSchema(f"{kind} may not run in {target}")
    steps = work.steps()
    job = Job(
        kind=kind,
        title=title[:200],
        schema=target,
        queue=work.queue,
        key=key,
        payload=payload,
        state=JobState.SCHEDULED if later else JobState.QUEUED,
        owner_schema=active,
        owner_id=owner.pk if owner else None,
        owner_name=str(owner)[:150] if owner else "",
        request_id=current(),
        total=len(steps) if work.counts_steps else total,
        run_at=run_at or Now(),
    )
    with refusing({"job_key_open": AlreadyRunning(_("This is being worked on already."))}):
        job.save(force_insert=True)
    Step.objects.bulk_create(
        Step(job=job, ordinal=ordinal, name=step.name, title=str(step.title)[:120])
        for ordinal, step in enumerate(steps)
    )
    wake_on_commit(work.queue)
    return job


@transaction.atomic
def retry_job(*, job: Job, by: "User | None" = None) -> Job:
    """Let a failed job go on at the step that failed, or bring a waiting or scheduled one forward to now.

    Raises IllegalMove, NotPossible. A tenant's page cannot write jobs: it records the task `jobs.retry` instead.
    """
    with as_platform():
        _refuse_while_running(job)
        failed = JOB_MOVES.move(job, JobState.QUEUED, finished_at=None, message="") == JobState.FAILED
        _start_over(job)
        if failed:
            kind_named(job.kind).retried(job)
    record_job(job, RETRIED, by=by)
    return job


@transaction.atomic
def undo_job(*, job: Job, by: "User | None" = None) -> Job:
    """Take back, last step first, whatever a failed or waiting job has done. Raises IllegalMove, NotPossible."""
    with as_platform():
        _refuse_while_running(job)
        JOB_MOVES.move(job, JobState.QUEUED, undoing=True, finished_at=None)
        _start_over(job)
    record_job(job, REMOVING, by=by)
    return job


@transaction.atomic
def cancel_job(*, job: Job, by: "User | None" = None) -> Job:
    """End a job that has not begun; one that waits between two tries is undone. Raises IllegalMove, NotPossible."""
    with as_platform():
        _refuse_while_running(job)
        begun = Step.objects.filter(job=job).exclude(started_at=None).exists()
    if begun:
        return undo_job(job=job, by=by)
    with as_platform():
        JOB_MOVES.move(job, JobState.CANCELLED)
        Job.objects.filter(pk=job.pk).update(finished_at=Now())
        job.refresh_from_db()
        kind_named(job.kind).cancelled(job)
    record_job(job, CANCELLED, by=by)
    return job


def ask_to_retry(*, job: Job, by: "User") -> Job:
    """`retry_job` for pages: inside a tenant, whose role cannot write jobs, the platform is asked to do it."""
    _refuse_when_elsewhere(job)
    if connection.schema_name == PUBLIC:
        return retry_job(job=job, by=by)
    if job.state != JobState.FAILED:
        raise NotPossible(_("Only a failed job can be tried again."))
    enqueue("jobs.retry", key=str(job.pk), job_id=str(job.pk), by=str(by))
    return job


def ask_to_cancel(*, job: Job, by: "User") -> Job:
    """`cancel_job` for pages, likewise."""
    _refuse_when_elsewhere(job)
    if connection.schema_name == PUBLIC:
        return cancel_job(job=job, by=by)
    if job.has_ended or job.state == JobState.RUNNING:
        raise NotPossible(_("Only a job that waits can be cancelled."))
    enqueue("jobs.cancel", key=str(job.pk), job_id=str(job.pk), by=str(by))
    return job


def _refuse_when_elsewhere(job: Job) -> None:
    if people_act_elsewhere(job.kind):
        raise NotPossible(_("This job has a page of its own, where that is done."))


def _start_over(job: Job) -> None:
    """Due at once, with every try ahead; the journal keeps what is done. The engine's bookkeeping, not audited."""
    Job.objects.filter(pk=job.pk).update(run_at=Now(), attempts=0)
    Step.objects.filter(job=job).update(attempts=0)
    job.refresh_from_db()
    wake_on_commit(job.queue)


def _refuse_while_running(job: Job) -> None:
    """Said at once, without waiting for the lock that a running step holds."""
    if Job.objects.filter(pk=job.pk, state=JobState.RUNNING).exists():
        raise NotPossible(_("A step is in progress. Please wait for its end."))
