"""What can be done with users; one module per journey."""

from portal.accounts.services.passwords import NoLink, change_password, password_link, send_password_link
from portal.accounts.services.people import change_user, invite_person
from portal.accounts.services.preferences import TooManyViews, change_preferences, delete_view, save_view
from portal.accounts.services.roles import (
    LastOwner,
    NoRole,
    NotHeld,
    OneOwner,
    assign_roles,
    grantable_roles,
    roles_in_order,
)
from portal.accounts.services.sessions import end_sessions
from portal.accounts.services.support import AlreadyEnded, end_support_session
from portal.accounts.services.users import OwnSignIn, create_user, deactivate_user, reactivate_user

__all__ = [
    "AlreadyEnded",
    "LastOwner",
    "NoLink",
    "NoRole",
    "NotHeld",
    "OneOwner",
    "OwnSignIn",
    "TooManyViews",
    "assign_roles",
    "change_password",
    "change_preferences",
    "change_user",
    "create_user",
    "deactivate_user",
    "delete_view",
    "end_sessions",
    "end_support_session",
    "grantable_roles",
    "invite_person",
    "password_link",
    "reactivate_user",
    "roles_in_order",
    "save_view",
    "send_password_link",
]
