"""The engine's own tasks: what a tenant's page asks for, done by the platform."""

from typing import Any

from portal.jobs.mail import tasks as mail_tasks
from portal.jobs.models import Job
from portal.jobs.registry import task
from portal.jobs.services import retry_job


@task("jobs.retry", platform=True, atomic=True)
def retry_task(*, job_id: str, origin: str, by: str = "", **_: Any) -> None:
    """Somebody inside `origin` wants a failed job of that schema tried again."""
    job = Job.objects.filter(pk=job_id, schema=origin).first()
    if job is not None:
        retry_job(job=job)


__all__ = ["mail_tasks", "retry_task"]
