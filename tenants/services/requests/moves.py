"""The one way a request changes its state: by the table of moves, with a row that says who, when and why (REG-17)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from tenants.models import RequestMove, RequestState, SubscriptionRequest
from tenants.services.names import release_names
from tenants.states import REQUEST_MOVES

POLICY = "Policy"
PROVISIONING = "Provisioning"


@transaction.atomic
def move_request(  # noqa: PLR0913 - who, what, when and why
    *,
    request: SubscriptionRequest,
    to: RequestState,
    by_name: str,
    at: datetime,
    reason: str = "",
    also: dict[str, Any] | None = None,
) -> SubscriptionRequest:
    """Move `request` to `to`, setting the fields in `also` with it, and record the move.

    Raises IllegalMove where the table does not allow the move.
    """
    before = REQUEST_MOVES.move(request, to, **(also or {}))
    RequestMove.objects.create(
        request=request, before=before, after=to, reason=reason[:300], by_name=by_name[:150], at=at
    )
    return request


@transaction.atomic
def end_request(  # noqa: PLR0913 - who, what, when and why
    *, request: SubscriptionRequest, to: RequestState, by_name: str, at: datetime, reason: str = "", message: str = ""
) -> SubscriptionRequest:
    """Move `request` to an end in which no tenant comes of it: the password hash is blanked, its names become free."""
    also = {"finished_at": at, "password": "", "message": message[:300]}
    move_request(request=request, to=to, by_name=by_name, at=at, reason=reason, also=also)
    release_names(request=request)
    return request
