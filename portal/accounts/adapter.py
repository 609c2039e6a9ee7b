"""How allauth fits into this house."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from portal.core.client_ip import client_ip


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves here: users are created by administrators, by jobs and by invitations."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_ip(request) or "0.0.0.0"  # noqa: S104 - a word for "unknown", not an address to bind

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")
