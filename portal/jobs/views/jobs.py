"""Jobs on both hosts: the list, one job, and what may be done with it (JOB-01)."""

from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.pages import ActionPage, ListPage, Page
from portal.jobs.filters import JobFilter
from portal.jobs.models import Job, JobState
from portal.jobs.outbox import PUBLIC
from portal.jobs.registry import people_act_elsewhere
from portal.jobs.selectors import facts_of, progress_of, timeline_of, visible_jobs
from portal.jobs.services import ask_to_cancel, ask_to_retry
from portal.jobs.tables import JobTable
from portal.permissions import Perm

CANCELLABLE = (JobState.QUEUED, JobState.SCHEDULED, JobState.WAITING)


class JobList(ListPage):
    """Jobs that this person may see: everybody their own, with the permission all of this schema."""

    permission = Perm.OWN_USE
    template = "jobs/job_list.html"
    partial = "jobs/_job_table.html"
    table = JobTable
    filter = JobFilter
    export_name = "jobs"

    def rows(self) -> QuerySet[Job]:
        return visible_jobs(self.request.user)


class JobDetail(Page):
    """One job with its steps; htmx fetches the progress again until the job has ended."""

    permission = Perm.OWN_USE
    template = "jobs/job.html"
    partial = "jobs/_job_progress.html"
    request: HttpRequest

    def context(self) -> dict[str, Any]:
        user = self.request.user
        job = get_object_or_404(visible_jobs(user), pk=self.kwargs["pk"])
        steps = list(job.steps.order_by("ordinal"))
        may_act = user.may(Perm.JOB_RUN) and not people_act_elsewhere(job.kind)
        sees_cause = connection.schema_name == PUBLIC and user.may(Perm.JOB_READ)
        return {
            "shown": job,
            "progress": progress_of(job, steps),
            "steps": timeline_of(steps),
            "facts": facts_of(job),
            "cause": (job.cause or next((step.cause for step in steps if step.cause), "")) if sees_cause else "",
            "poll_url": "" if job.has_ended else reverse("jobs:detail", args=[job.pk]),
            "may_retry": may_act and job.state == JobState.FAILED,
            "may_cancel": may_act and job.state in CANCELLABLE,
        }


class _JobVerb(ActionPage, abstract=True):
    """Something done with a job that this person sees."""

    permission = Perm.JOB_RUN

    def job(self) -> Job:
        return get_object_or_404(visible_jobs(self.request.user), pk=self.kwargs["pk"])

    def refused_to(self) -> str:
        return reverse("jobs:detail", args=[self.kwargs["pk"]])


class JobRetry(_JobVerb):
    """Let a failed job go on at the step that failed."""

    done_message = _("The job is tried again.")

    def perform(self) -> str:
        job = ask_to_retry(job=self.job(), by=self.request.user)
        return reverse("jobs:detail", args=[job.pk])


class JobCancel(_JobVerb):
    """End a job that waits; what it has done is taken back."""

    done_message = _("The job is being cancelled.")

    def perform(self) -> str:
        job = ask_to_cancel(job=self.job(), by=self.request.user)
        return reverse("jobs:detail", args=[job.pk])
