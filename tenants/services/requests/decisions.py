"""Approving, rejecting and cancelling requests (REG-17, REG-20)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core.errors import DomainError
from tenants.models import RequestState, SubscriptionRequest
from tenants.services.requests.moves import end_request, move_request
from tenants.services.requests.notices import tell_rejected
from tenants.services.requests.running import start_or_schedule


class ReasonMissing(DomainError):
    """Whoever is turned down is told why."""


@transaction.atomic
def approve(*, request: SubscriptionRequest, by: User, at: datetime, reason: str = "") -> SubscriptionRequest:
    """Approve a waiting request; it starts at once or is scheduled, as the policy says. Raises IllegalMove."""
    move_request(request=request, to=RequestState.APPROVED, by_name=str(by), at=at, reason=reason)
    return start_or_schedule(request=request, by_name=str(by), at=at)


@transaction.atomic
def reject(*, request: SubscriptionRequest, by: User, at: datetime, reason: str) -> SubscriptionRequest:
    """Turn a waiting request down and mail the reason to its contact. Raises ReasonMissing and IllegalMove."""
    if not reason.strip():
        raise ReasonMissing(_("Say why: the contact is told."), field="reason")
    end_request(request=request, to=RequestState.REJECTED, by_name=str(by), at=at, reason=reason, message=reason)
    tell_rejected(request=request, reason=reason)
    return request


@transaction.atomic
def cancel(*, request: SubscriptionRequest, by: User, at: datetime, reason: str = "") -> SubscriptionRequest:
    """Take a request back before its tenant is being created. Raises IllegalMove."""
    message = _("Cancelled by %(name)s.") % {"name": by}
    return end_request(
        request=request, to=RequestState.CANCELLED, by_name=str(by), at=at, reason=reason, message=message
    )
