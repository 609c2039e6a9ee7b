"""What the provisioning job tells a request: begun, completed, failed, removed. Safe to hear twice."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tenants.models import RequestMove, RequestState, SubscriptionRequest
from tenants.services.requests.moves import PROVISIONING, move_request
from tenants.services.requests.notices import tell_completed, tell_failed
from tenants.services.requests.queue import wake_queue


@transaction.atomic
def started(request: SubscriptionRequest, at: datetime) -> None:
    """The first step is about to run; the request says so already, unless the job was started by other means."""
    if _locked_state(request) in (RequestState.APPROVED, RequestState.SCHEDULED):
        move_request(request=request, to=RequestState.PROVISIONING, by_name=PROVISIONING, at=at)


@transaction.atomic
def completed(request: SubscriptionRequest, at: datetime) -> None:
    """The tenant is ready: the contact is told how to get in (REG-22), and the password hash is blanked."""
    if _locked_state(request) == RequestState.COMPLETED:
        return
    also = {"finished_at": at, "password": "", "message": _("The tenant is ready.")}
    move_request(request=request, to=RequestState.COMPLETED, by_name=PROVISIONING, at=at, also=also)
    tell_completed(request=request)
    wake_queue()


@transaction.atomic
def failed(request: SubscriptionRequest, cause: str, at: datetime) -> None:
    """A step was given up: the contact is told once what to do next (REG-23).

    The technical `cause` stands in the job, where operators read it, and nowhere in the request.
    """
    if _locked_state(request) == RequestState.FAILED:
        return
    told = _was_told(request)
    also = {"finished_at": at, "message": _("The tenant could not be created. The provider looks into it.")}
    reason = _("A step was given up")
    move_request(request=request, to=RequestState.FAILED, by_name=PROVISIONING, at=at, reason=reason, also=also)
    if not told:
        tell_failed(request=request)
    wake_queue()


@transaction.atomic
def recovered(request: SubscriptionRequest, at: datetime) -> None:
    """Everything that the attempt made is gone; the request waits to be started again or cancelled (REG-25)."""
    if _locked_state(request) != RequestState.FAILED:
        return
    also = {"finished_at": None, "message": _("What the attempt made was removed.")}
    move_request(
        request=request, to=RequestState.APPROVED, by_name=PROVISIONING, at=at, reason=_("Recovered"), also=also
    )


def _locked_state(request: SubscriptionRequest) -> str:
    locked = SubscriptionRequest.objects.select_for_update().get(pk=request.pk)
    request.state = locked.state
    return locked.state


def _was_told(request: SubscriptionRequest) -> bool:
    """Whether the contact already knows of a failure of this attempt; after a recovery it is a new one."""
    latest = request.moves.filter(after__in=[RequestState.FAILED, RequestState.APPROVED]).order_by("-pk").first()
    return isinstance(latest, RequestMove) and latest.after == RequestState.FAILED
