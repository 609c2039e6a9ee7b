"""Where the provider's policy sends a new request (REG-19, REG-20)."""

from datetime import datetime

from django.db import transaction

from tenants.models import Platform, RequestState, SubscriptionRequest
from tenants.services.requests.moves import POLICY, move_request
from tenants.services.requests.running import start_or_schedule
from tenants.services.requests.windows import approval_needed


@transaction.atomic
def decide_policy(*, request: SubscriptionRequest, at: datetime) -> SubscriptionRequest:
    """Send a new request on: to an operator for approval, into the off-peak queue, or straight to provisioning."""
    platform = Platform.objects.get(pk=1)
    if approval_needed(template=request.template_version.template, platform=platform):
        return move_request(request=request, to=RequestState.AWAITING_APPROVAL, by_name=POLICY, at=at)
    move_request(request=request, to=RequestState.APPROVED, by_name=POLICY, at=at)
    return start_or_schedule(request=request, by_name=POLICY, at=at)
