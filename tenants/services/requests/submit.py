"""“Create Tenant”: one immutable request with a reference, its names held, and no schema yet (REG-14, REG-15)."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.models.user import UserKind
from portal.core.errors import DomainError, Refusals
from tenants.models import AttemptKind, ClaimKind, RegistrationDraft, RequestMove, RequestState, SubscriptionRequest
from tenants.selectors.requests import registration_open
from tenants.services.names import claim_names, suggest_fqdn
from tenants.services.requests.drafts import demand_free_names, save_contact
from tenants.services.requests.limits import demand_room, source_of_address, take_turn
from tenants.services.requests.order import check_contact, check_tenant, demand_offered
from tenants.services.requests.policy import decide_policy
from tenants.services.requests.prospects import RegistrationClosed
from tenants.services.requests.reference import new_reference


class NothingToSend(DomainError):
    """The draft is gone and no request was made from it."""


def create_tenant_request(
    *, token: uuid.UUID, contact: Mapping[str, str], by: User, at: datetime, address: str | None
) -> SubscriptionRequest:
    """Keep the Contact tab, then submit the whole form; the same `token` gives the same request again.

    Two transactions on purpose: what was typed stays when the order is refused. Raises what `submit_request` raises.
    """
    earlier = SubscriptionRequest.objects.filter(token=token, requester=by).first()
    if earlier is not None:
        return earlier
    if RegistrationDraft.objects.filter(user=by, token=token).exists():
        save_contact(by=by, typed=contact)
    return submit_request(draft=RegistrationDraft(user=by, token=token), by=by, at=at, address=address)


@transaction.atomic
def submit_request(
    *, draft: RegistrationDraft, by: User, at: datetime, address: str | None = None
) -> SubscriptionRequest:
    """Make the request that the draft with `draft.token` describes, and send it on as the provider's policy says.

    `address` is the network address of a prospect. Returns the earlier request when there is one for the same token.
    Raises Refusals by field of any tab (wrong, missing or taken), NotOffered, TooMany, TooManyOpen,
    RegistrationClosed and NothingToSend.
    """
    locked = RegistrationDraft.objects.select_for_update().filter(user=by, token=draft.token).first()
    if locked is None:
        return _earlier(draft.token, by)
    facts = _checked(locked, by)
    if by.kind == UserKind.PROSPECT:
        _demand_prospect_may(by=by, contact_email=facts["contact_email"], at=at, address=address)
    request = SubscriptionRequest.objects.create(
        reference=new_reference(), token=locked.token, requester=by, submitted_at=at, password=locked.password, **facts
    )
    RequestMove.objects.create(request=request, before="", after=RequestState.SUBMITTED, by_name=str(by), at=at)
    names = {kind: str(facts[kind]) for kind in ClaimKind.values}
    demand_free_names(names)
    claim_names(names, request=request)
    locked.delete()
    return decide_policy(request=request, at=at)


def _earlier(token: uuid.UUID, by: User) -> SubscriptionRequest:
    earlier = SubscriptionRequest.objects.filter(token=token, requester=by).first()
    if earlier is None:
        raise NothingToSend(_("This form was sent or emptied elsewhere. Please begin again on the Template tab."))
    return earlier


def _checked(draft: RegistrationDraft, by: User) -> dict[str, Any]:
    """Every field of the order, or Refusals for all tabs together."""
    version = demand_offered(version_id=draft.template_version_id, by=by)
    refused: dict[str, str] = {}
    facts: dict[str, Any] = {"template_version": version}
    for check in (lambda: check_tenant(draft.tenant, country=version.country), lambda: check_contact(draft.contact)):
        try:
            facts |= check()
        except Refusals as wrong:
            refused |= wrong.errors
    if not draft.password:
        refused["password"] = _("Type the password again.")
    if refused:
        raise Refusals(refused)
    facts["fqdn"] = facts["fqdn"] or suggest_fqdn(str(facts["name"]))
    return facts


def _demand_prospect_may(*, by: User, contact_email: object, at: datetime, address: str | None) -> None:
    if not registration_open(by):
        raise RegistrationClosed(_("Registration is closed at the moment."))
    take_turn(kind=AttemptKind.SUBMISSION, source=source_of_address(address), at=at)
    demand_room(by=by, contact_email=str(contact_email))
