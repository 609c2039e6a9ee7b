"""From a request to a running tenant: one job, named steps, each idempotent and recorded (REG-24)."""

from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from portal.jobs.models import Job
from portal.jobs.registry import StepKind
from portal.jobs.services import start_job
from tenants.models import SubscriptionRequest

KIND = "provision"


def provisioning_steps() -> list[StepKind]:
    """The steps in order; upper apps add theirs through settings.PROVISIONING_STEPS."""
    return [import_string(path)() for path in settings.PROVISIONING_STEPS]


def start_provisioning(request: SubscriptionRequest, at: datetime) -> Job:
    """Record the job that turns `request` into a tenant. One open job per request: the key holds off a second one."""
    job = start_job(
        kind=KIND,
        title=_("Create tenant %(name)s") % {"name": request.name},
        payload={"request_id": request.pk},
        key=request.reference,
        owner=request.requester,
        run_at=at,
    )
    request.job_id = job.pk
    request.save(update_fields=["job_id"])
    return job
