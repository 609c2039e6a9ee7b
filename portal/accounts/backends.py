"""Signing in with e-mail address, logon or personnel ID (SEC-01)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from portal.accounts.models import User
from portal.accounts.names import find_user
from portal.core.db.prepared import PreparedQuery

Holder = Sequence[Any]  # rows of user and role, of one user

_RoleRow: Any = User.roles.through
_HELD = PreparedQuery(lambda user: _RoleRow.objects.filter(user=user).select_related("user", "role"), user=int)
# The same by the session that the list of sessions says is theirs.
HOLDER_OF: PreparedQuery[Any] = PreparedQuery(
    lambda key: _RoleRow.objects.filter(user__usersession__session_key=key).select_related("user", "role"), key=str
)
_came_with_session: ContextVar[Holder] = ContextVar("came_with_session", default=())
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


@contextmanager
def knowing(holder: Holder) -> Iterator[None]:
    """While one request's user is looked up: what its session brought along about them."""
    token = _came_with_session.set(holder)
    try:
        yield
    finally:
        _came_with_session.reset(token)


def _with_roles(user_id: int) -> User | None:
    """The user and their roles in one query, if they did not come with the session; None for those without a role, such
    as guests."""
    held = _came_with_session.get()
    if not held or held[0].user_id != user_id:
        held = _HELD(user=user_id)
    if not held:
        return None
    user: User = held[0].user
    user.held_roles = [each.role for each in held]
    return user
