"""Signing in with e-mail address, logon or personnel ID (SEC-01)."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from portal.accounts.models import User
from portal.accounts.names import find_user
from portal.core.db.prepared import PreparedQuery

_HELD = PreparedQuery(
    lambda user: User.roles.through.objects.filter(user=user).select_related("user", "role"), user=int
)
_USER = PreparedQuery(lambda pk: User.objects.filter(pk=pk), pk=int)


class SignInBackend(AuthenticationBackend):
    """allauth's backend, which takes as long for unknown names as for known ones, with our own look-up."""

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        typed = credentials.get("username") or credentials.get("email") or ""
        return self._check_password(find_user(typed), credentials.get("password") or "")

    def get_user(self, user_id: int) -> User | None:
        """Who is signed in, asked at every request; None once they may not sign in any more."""
        found = _with_roles(user_id) or next(iter(_USER(pk=user_id)), None)
        return found if found is not None and self.user_can_authenticate(found) else None


def _with_roles(user_id: int) -> User | None:
    """The user and their roles in one query; None for those without a role, such as guests."""
    held = _HELD(user=user_id)
    if not held:
        return None
    user: User = held[0].user
    user.held_roles = [each.role for each in held]
    return user
