"""What the pages about jobs show."""

from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core.chips import chip_of
from portal.jobs.models import Job, JobState, Step, StepState
from portal.jobs.outbox import PUBLIC
from portal.jobs.registry import UnknownWork, kind_named
from portal.permissions import Perm


def visible_jobs(user: User) -> QuerySet[Job]:
    """The jobs of this schema (on the management host: of all) for whoever may see them, else one's own."""
    schema = connection.schema_name
    rows = Job.objects.all() if schema == PUBLIC else Job.objects.filter(schema=schema)
    return rows if user.may(Perm.JOB_READ) else rows.filter(owner_schema=schema, owner_id=user.pk)


def kind_title(kind: str) -> str:
    """What people call this kind of job."""
    try:
        return str(kind_named(kind).title)
    except UnknownWork:
        return kind


def progress_of(job: Job, steps: list[Step]) -> dict[str, Any]:
    """The job for the component that shows its progress."""
    now = next((step.title for step in steps if step.state == StepState.RUNNING), "")
    return {
        "pk": job.pk,
        "title": job.title,
        "state": chip_of(JobState(job.state)),
        "done": job.done,
        "total": job.total,
        "step": now,
        "finished": job.has_ended,
    }


def timeline_of(steps: list[Step]) -> list[dict[str, Any]]:
    """The steps for the timeline component."""
    return [
        {
            "title": step.title,
            "state": chip_of(StepState(step.state)),
            "at": step.started_at,
            "duration": _duration(step),
            "detail": step.detail,
        }
        for step in steps
    ]


def facts_of(job: Job) -> list[dict[str, Any]]:
    """What is known about the job, for the facts column."""
    elsewhere = connection.schema_name == PUBLIC and job.schema != PUBLIC
    found = [
        (_("Kind"), kind_title(job.kind)),
        (_("Tenant"), job.schema if elsewhere else None),
        (_("Started by"), job.owner_name or _("Portal")),
        (_("Recorded"), _moment(job.created_at)),
        (_("Due"), _moment(job.run_at) if job.state in (JobState.SCHEDULED, JobState.WAITING) else None),
        (_("Begun"), _moment(job.started_at)),
        (_("Ended"), _moment(job.finished_at)),
        (_("Request id"), job.request_id),
    ]
    return [{"label": label, "value": value} for label, value in found if value]


def _moment(at: Any) -> str:
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT") if at else ""


def _duration(step: Step) -> str:
    if step.started_at is None or step.finished_at is None:
        return ""
    return _("%(seconds).1f s") % {"seconds": (step.finished_at - step.started_at).total_seconds()}
