"""Signing in with e-mail address, logon or personnel ID (SEC-01)."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from portal.accounts.models import User
from portal.accounts.names import find_user


class SignInBackend(AuthenticationBackend):
    """allauth's backend, which takes as long for unknown names as for known ones, with our own look-up."""

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        typed = credentials.get("username") or credentials.get("email") or ""
        return self._check_password(find_user(typed), credentials.get("password") or "")
