"""The engine's own tasks: what a tenant's page asks for, done by the platform."""

from typing import Any

from portal.audit.context import acting_as
from portal.jobs.models import Job
from portal.jobs.registry import task
from portal.jobs.services import cancel_job, retry_job


@task("jobs.retry", platform=True, atomic=True)
def retry_task(*, job_id: str, by: str, origin: str, **_: Any) -> None:
    """Somebody inside `origin` wants a failed job of that schema tried again."""
    with acting_as(name=by):
        retry_job(job=Job.objects.get(pk=job_id, schema=origin))


@task("jobs.cancel", platform=True, atomic=True)
def cancel_task(*, job_id: str, by: str, origin: str, **_: Any) -> None:
    """Somebody inside `origin` wants a waiting job of that schema ended."""
    with acting_as(name=by):
        cancel_job(job=Job.objects.get(pk=job_id, schema=origin))
