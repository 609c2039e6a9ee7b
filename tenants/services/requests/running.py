"""Starting requests: at once, off-peak, again after a failure; and clearing up after one (REG-19, REG-21, REG-25)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core.errors import DomainError
from portal.jobs.models import Job
from portal.jobs.services import retry_job, undo_job
from tenants.models import ClaimKind, Platform, RequestState, SubscriptionRequest
from tenants.services.names import claim_names
from tenants.services.provisioning import start_provisioning
from tenants.services.requests.moves import POLICY, move_request
from tenants.services.requests.off_peak import is_open, next_start
from tenants.services.requests.queue import wake_queue
from tenants.services.requests.windows import waits_for_off_peak, window_of


class StillBusy(DomainError):
    """Another action on this request is still going on (REG-25)."""


class NotFailed(DomainError):
    """The request has not failed; there is nothing to retry or to clear up."""


@transaction.atomic
def start_or_schedule(*, request: SubscriptionRequest, by_name: str, at: datetime) -> SubscriptionRequest:
    """Start an approved request now, or put it into the off-peak queue, as the provider's policy says."""
    platform = Platform.objects.get(pk=1)
    if not waits_for_off_peak(template=request.template_version.template, platform=platform):
        return _start(request=request, by_name=by_name, at=at)
    also = {"scheduled_for": next_start(window_of(platform), at)}
    move_request(request=request, to=RequestState.SCHEDULED, by_name=by_name, at=at, also=also)
    wake_queue()
    return request


@transaction.atomic
def start_now(*, request: SubscriptionRequest, by: User, at: datetime) -> SubscriptionRequest:
    """Start an approved or scheduled request without waiting for off-peak hours (REG-19).

    Raises IllegalMove in any other state, and Refusals when a recovered request's names were taken meanwhile.
    """
    return _start(request=request, by_name=str(by), at=at, reason=_("Started by hand"))


@transaction.atomic
def retry(*, request: SubscriptionRequest, by: User, at: datetime) -> SubscriptionRequest:
    """Go on with a failed request at the step that failed (REG-25). Raises NotFailed and StillBusy."""
    job = _job_at_rest(_locked_failed(request))
    also = {"message": "", "finished_at": None}
    move_request(request=request, to=RequestState.PROVISIONING, by_name=str(by), at=at, reason=_("Retry"), also=also)
    retry_job(job=job, by=by)
    return request


@transaction.atomic
def recover(*, request: SubscriptionRequest, by: User, at: datetime) -> SubscriptionRequest:
    """Remove what a failed attempt made and keep the request (REG-25); it can be started again when that is done.

    Raises NotFailed, and StillBusy while that already goes on.
    """
    locked = _locked_failed(request)
    job = _job_at_rest(locked)
    locked.message = _("What the attempt made is being removed, as %(name)s asked.") % {"name": by}
    locked.save(update_fields=["message"])
    request.message = locked.message
    undo_job(job=job, by=by)
    return request


@transaction.atomic
def start_due(*, at: datetime) -> list[SubscriptionRequest]:
    """Start scheduled requests inside the off-peak window, first come, first served, so many at once (REG-21).

    Outside the window it brings the times shown up to date with the present policy. Returns those it started.
    """
    platform = Platform.objects.select_for_update(no_key=True).get(pk=1)  # one at a time: the count must hold
    window = window_of(platform)
    scheduled = SubscriptionRequest.objects.filter(state=RequestState.SCHEDULED).order_by("submitted_at", "pk")
    if not is_open(window, at):
        opens = next_start(window, at)
        for request in scheduled.exclude(scheduled_for=opens).select_for_update():
            request.scheduled_for = opens
            request.save(update_fields=["scheduled_for"])
        return []
    running = SubscriptionRequest.objects.filter(state=RequestState.PROVISIONING).count()
    free = max(platform.off_peak_at_once - running, 0)
    chosen = list(scheduled.select_for_update(skip_locked=True)[:free])
    return [_start(request=request, by_name=POLICY, at=at) for request in chosen]


def _start(*, request: SubscriptionRequest, by_name: str, at: datetime, reason: str = "") -> SubscriptionRequest:
    also = {"message": "", "finished_at": None}
    move_request(request=request, to=RequestState.PROVISIONING, by_name=by_name, at=at, reason=reason, also=also)
    if not request.claims.exists():  # a recovered request had to let its names go
        claim_names({kind: getattr(request, kind) for kind in ClaimKind.values}, request=request)
    start_provisioning(request, at)
    return request


def _locked_failed(request: SubscriptionRequest) -> SubscriptionRequest:
    locked = SubscriptionRequest.objects.select_for_update().get(pk=request.pk)
    if locked.state != RequestState.FAILED:
        raise NotFailed(_("Only a failed request can be retried or recovered."))
    return locked


def _job_at_rest(request: SubscriptionRequest) -> Job:
    job = Job.objects.select_for_update().filter(pk=request.job_id).first() if request.job_id else None
    if job is None or job.undoing:
        raise StillBusy(_("What the last attempt made is still being removed. Please wait a moment."))
    return job
