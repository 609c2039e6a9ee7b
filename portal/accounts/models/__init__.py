from portal.accounts.models.ownership import OwnershipTransfer, TransferState
from portal.accounts.models.role import Role
from portal.accounts.models.saved_view import SavedView
from portal.accounts.models.support_session import SupportSession
from portal.accounts.models.user import PasswordHistory, User, display_name

__all__ = [
    "OwnershipTransfer",
    "PasswordHistory",
    "Role",
    "SavedView",
    "SupportSession",
    "TransferState",
    "User",
    "display_name",
]
