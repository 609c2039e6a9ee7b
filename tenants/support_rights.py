"""Whether somebody from another host may still be inside a tenant (TEN-05); asked at every request of theirs."""

from portal.accounts.models import SupportSession, User
from portal.accounts.models.user import UserKind
from portal.permissions import Perm
from tenants.door import inside, inside_management
from tenants.models import Tenant


def holds(session: SupportSession) -> bool:
    """Whether the person is active on their own host and may do there what brought them here.

    Support comes from the management host with TENANT_ENTER, a visit from a ready tenant with VISIT_OPEN.
    """
    if session.user.kind == UserKind.SUPPORT:
        if session.actor_schema != "public":
            return False
        with inside_management():
            return _may(session.actor_id, Perm.TENANT_ENTER)
    with inside_management():
        home = Tenant.objects.ready().filter(schema_name=session.actor_schema).first()
    if home is None:
        return False
    with inside(home):
        return _may(session.actor_id, Perm.VISIT_OPEN)


def _may(user_id: int, permission: Perm) -> bool:
    user = User.objects.filter(pk=user_id, is_active=True).prefetch_related("roles").first()
    return user is not None and not user.is_guest and user.may(permission)
