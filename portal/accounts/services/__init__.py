"""What can be done with users; one module per journey."""

from portal.accounts.services.roles import LastOwner, NoRole, NotHeld, assign_roles, grantable_roles
from portal.accounts.services.sessions import end_sessions
from portal.accounts.services.users import OwnSignIn, create_user, deactivate_user, reactivate_user

__all__ = [
    "LastOwner",
    "NoRole",
    "NotHeld",
    "OwnSignIn",
    "assign_roles",
    "create_user",
    "deactivate_user",
    "end_sessions",
    "grantable_roles",
    "reactivate_user",
]
