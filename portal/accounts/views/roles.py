"""Which role may do what (ROL-05)."""

from typing import Any

from portal.accounts.selectors import role_matrix
from portal.core.pages import Page
from portal.permissions import Perm


class RoleMatrix(Page):
    permission = Perm.USER_READ
    template = "accounts/role_matrix.html"

    def context(self) -> dict[str, Any]:
        return role_matrix()
