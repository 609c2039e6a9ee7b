"""How allauth fits into this house."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.lockout import one_at_a_time
from portal.accounts.models import User
from portal.accounts.services.passwords import change_password, own_host
from portal.accounts.tokens import ResetTokens
from portal.core.addresses import origin_of
from portal.core.client_ip import client_ip
from portal.core.mail import send_template

_WRONG = _("Sign-in name or password is wrong.")


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves here: users are created by administrators, by jobs and by invitations."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _WRONG,
        "username_password_mismatch": _WRONG,
        "invalid_login": _WRONG,
        "account_inactive": _WRONG,
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes, then try again."),
        "incorrect_password": _("The password is wrong."),
        "enter_current_password": _("The present password is wrong."),
        "invalid_password_reset": _("This link does not work any more. Ask for a new one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_ip(request) or "0.0.0.0"  # noqa: S104 - a word for "unknown", not an address to bind

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """The link goes to the stored address and leads to the stored host; what was typed only looks like them."""
        link = origin_of(own_host()) + urlsplit(context["password_reset_url"]).path
        known = {
            "name": str(user),
            "logon": user.username,
            "url": link,
            "minutes": int(ResetTokens.lasts.total_seconds() // 60),
        }
        send_template("password_reset", to=[user.email], context=known, language=user.language)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        with one_at_a_time(request, credentials):
            return super().authenticate(request, **credentials)

    def set_password(self, user: User, password: str) -> None:
        """Called by every page that sets a password: change, reset, first password."""
        mine = self.request is not None and self.request.user.is_authenticated and self.request.user.pk == user.pk
        change_password(user=user, password=password, keep=self.request.session.session_key if mine else None)
