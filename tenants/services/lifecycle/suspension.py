"""Suspend a tenant and let it go on (TEN-03)."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import SupportSession, User
from portal.accounts.services.support import end_support_session
from portal.core.errors import DomainError, ManagementInstance
from tenants.door import inside
from tenants.models import Tenant, TenantState
from tenants.services.lifecycle.moves import move_tenant


class NoReason(DomainError):
    """A suspension without a reason helps nobody who has to explain it later."""


class NotSuspended(DomainError):
    """Only what is suspended can go on."""


@transaction.atomic
def suspend_tenant(*, tenant: Tenant, reason: str, by: User, at: datetime) -> Tenant:
    """Close the tenant's host and its background work, and end everybody's session there. All data stays.

    Raises NoReason, ManagementInstance and IllegalMove.
    """
    if not reason.strip():
        raise NoReason(_("Say why the tenant is suspended."), field="reason")
    locked = Tenant.objects.select_for_update().get(pk=tenant.pk)
    also = {"state_before": locked.state}
    move_tenant(tenant=locked, to=TenantState.SUSPENDED, by_name=str(by), at=at, reason=reason.strip(), also=also)
    _end_sessions(locked, by_name=str(by), at=at)
    return locked


@transaction.atomic
def resume_tenant(*, tenant: Tenant, reason: str, by: User, at: datetime) -> Tenant:
    """Give the tenant back the state it had before it was suspended.

    Raises ManagementInstance and NotSuspended.
    """
    locked = Tenant.objects.select_for_update().get(pk=tenant.pk)
    if locked.is_management:
        raise ManagementInstance
    if not locked.is_suspended:
        raise NotSuspended(_("This tenant is not suspended."))
    former = TenantState(locked.state_before or TenantState.ACTIVE)
    move_tenant(tenant=locked, to=former, by_name=str(by), at=at, reason=reason.strip(), also={"state_before": ""})
    return locked


def _end_sessions(tenant: Tenant, *, by_name: str, at: datetime) -> None:
    with inside(tenant):
        for visit in SupportSession.objects.open_at(at):
            end_support_session(session=visit, by_name=by_name, at=at)
        UserSession.objects.all().delete()
        Session.objects.all().delete()
