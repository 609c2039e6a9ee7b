"""Kinds of jobs of this app."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.jobs.models import Job
from portal.jobs.registry import JobKind, StepKind, job_kind
from tenants.models import SubscriptionRequest
from tenants.services.provisioning import KIND, provisioning_steps
from tenants.services.requests import finish


@job_kind
class Provision(JobKind):
    """A subscription request becomes a tenant, or nothing of it remains."""

    kind = KIND
    title = _("Create tenant")
    queue = "provision"
    platform = True
    own_page = True

    def steps(self) -> list[StepKind]:
        return provisioning_steps()

    def failed(self, job: Job, cause: str) -> None:
        finish.failed(self._request(job), cause, timezone.now())

    def undone(self, job: Job) -> None:
        finish.recovered(self._request(job), timezone.now())

    def _request(self, job: Job) -> SubscriptionRequest:
        return SubscriptionRequest.objects.get(pk=job.payload["request_id"])
