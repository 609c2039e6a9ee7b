"""Links that let somebody set a password: single use, short-lived, worth nothing in another schema (THR-15)."""

from datetime import timedelta

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import connection
from django.utils.http import base36_to_int

from portal.accounts.models import User


class _Tokens(PasswordResetTokenGenerator):
    """A signature over everything that changes when the link is used, so that it works once."""

    lasts: timedelta

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        signed_in = user.last_login.isoformat() if user.last_login else ""
        parts = [connection.schema_name, user.pk, user.password, user.email, user.is_active, signed_in, timestamp]
        return "\0".join(map(str, parts))

    def check_token(self, user: User | None, token: str | None) -> bool:
        """Whether `token` was made for `user`, has not been used and is not over."""
        if not super().check_token(user, token):
            return False
        made = base36_to_int((token or "").split("-")[0])
        return self._num_seconds(self._now()) - made <= self.lasts.total_seconds()


class ResetTokens(_Tokens):
    """For somebody who forgot the password and asked for the mail."""

    key_salt = "portal.accounts.tokens.reset"
    lasts = timedelta(minutes=60)


class FirstPasswordTokens(_Tokens):
    """For somebody whom an administrator gave a sign-in."""

    key_salt = "portal.accounts.tokens.first"
    lasts = timedelta(hours=24)


class LinkTokens(ResetTokens):
    """What the page behind both links asks: makes reset tokens, accepts either kind."""

    def check_token(self, user: User | None, token: str | None) -> bool:
        """Whether either kind of link is good for `user`."""
        return super().check_token(user, token) or FirstPasswordTokens().check_token(user, token)
