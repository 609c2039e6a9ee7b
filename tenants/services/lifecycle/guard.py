"""Which tenants an operator can administer at all."""

from django.utils.translation import gettext as _

from portal.core.errors import DomainError, ManagementInstance
from tenants.models import Tenant, TenantState

# No schema yet, or none any more.
ABSENT = frozenset({TenantState.PROVISIONING, TenantState.TERMINATED, TenantState.PURGED})


class NotThere(DomainError):
    """The tenant is still being created, or it has ended."""


class Closed(DomainError):
    """Nobody can sign in to the tenant now."""


def is_there(tenant: Tenant) -> bool:
    """Whether the tenant is a customer's and its schema exists."""
    return not tenant.is_management and tenant.state not in ABSENT


def demand_there(tenant: Tenant) -> None:
    """Raise ManagementInstance for instance 1, and NotThere where there is nothing to change yet or any more."""
    if tenant.is_management:
        raise ManagementInstance
    if tenant.state in ABSENT:
        state = TenantState(tenant.state).label
        raise NotThere(_("This tenant is “%(state)s” now and cannot be changed.") % {"state": state})


def demand_open(tenant: Tenant) -> None:
    """As demand_there, and raise Closed where the tenant's address answers nobody."""
    demand_there(tenant)
    if not tenant.is_ready:
        raise Closed(_("Nobody can sign in to this tenant now. Resume it first."))
