"""Help a tenant's administrator back in, without going inside (TEN-08)."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.accounts.models import User
from portal.accounts.services import send_password_link
from portal.audit.models import Verb
from portal.audit.services import record
from portal.core.errors import DomainError
from portal.permissions import BuiltinRole
from tenants.door import inside
from tenants.models import Tenant
from tenants.services.lifecycle.guard import demand_open

ADMINISTRATORS = (BuiltinRole.OWNER, BuiltinRole.ADMIN)


class NotAnAdministrator(DomainError):
    """Operators reset passwords of administrators; for everybody else the tenant's own administrators do."""


def administrators_of(tenant: Tenant) -> list[User]:
    """The people who administer the tenant and may sign in, by name; nobody while it is closed."""
    if tenant.is_management or not tenant.is_ready:
        return []
    with inside(tenant):
        found = User.objects.people().filter(roles__code__in=ADMINISTRATORS, is_active=True)
        return list(found.distinct().order_by("display_name", "pk"))


@transaction.atomic
def reset_administrator_password(*, tenant: Tenant, user_id: int) -> User:
    """Mail the administrator a link that sets a new password. The old one works until then.

    Raises ManagementInstance, NotThere, Closed and NotAnAdministrator.
    """
    demand_open(tenant)
    user = next((one for one in administrators_of(tenant) if one.pk == user_id), None)
    if user is None:
        raise NotAnAdministrator(_("Choose one of the tenant's administrators."), field="user")
    if not user.email:
        raise NotAnAdministrator(_("This administrator has no e-mail address."), field="user")
    with inside(tenant):
        send_password_link(user=user)
    record(
        verb=Verb.POST,
        table=gettext_noop("Tenant"),
        message=gettext_noop("Reset administrator's password"),
        obj=tenant,
        data={"logon": user.username},
    )
    return user
