"""Signing in with e-mail address, logon or personnel ID (SEC-01)."""

from allauth.account.auth_backends import AuthenticationBackend


class SignInBackend(AuthenticationBackend):
    """allauth's own backend; it compares without regard to case and takes as long for unknown names."""
