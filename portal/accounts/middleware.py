"""How long somebody stays signed in, and who is really sitting there."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from portal.accounts import lifetime
from portal.accounts.backends import knowing
from portal.accounts.models import SupportSession
from portal.accounts.services.sessions import note_session
from portal.accounts.services.support import AlreadyEnded, end_support_session, still_holds
from portal.core.pages import wants_partial

Handler = Callable[[HttpRequest], HttpResponse]

SUPPORT_KEY = "support_session"  # in the session: which row of SupportSession this browser works under
RETURN_KEY = "support_origin"  # and where the person came from
# What a guest may never open: the pages of a sign-in that is not theirs.
_OWN_SIGN_IN = ("account_", "mfa_", "usersessions_")
_GUESTS_TOO = frozenset({"account_logout", "account_login"})


class PersonMiddleware(AuthenticationMiddleware):
    """Django's, which looks at what came with the session before it asks who is signed in."""

    def process_request(self, request: Any) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _person(request))


class SessionLifeMiddleware:
    """Ends sessions without activity and those that are too old; keeps the list of sessions up to date (SEC-05)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if SESSION_KEY in request.session:
            now = timezone.now()
            if lifetime.is_over(request.session, at=now):
                request.session.flush()
            elif not _polls(request) and lifetime.notice(request.session, at=now) and request.user.is_authenticated:
                note_session(request=request, user=request.user)
        return self.get_response(request)


class ActingMiddleware:
    """Sets `request.support_session` for guests from other hosts, and puts them out once they may not be here (TEN-05).

    Time, both sides' "end", and the person's right on their own host are read anew at every request.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.support_session = None
        if SESSION_KEY in request.session and request.user.is_authenticated and request.user.is_guest:
            session = SupportSession.objects.select_related("user").filter(pk=request.session.get(SUPPORT_KEY)).first()
            if session is None or session.user_id != request.user.pk or not _still_open(session):
                return _put_out(request)
            request.support_session = session
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict[str, Any]) -> None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.support_session is not None and name.startswith(_OWN_SIGN_IN) and name not in _GUESTS_TOO:
            raise PermissionDenied


class PreferencesMiddleware:
    """Language and time zone of the person, else of the company (INTERFACE section 7)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = SESSION_KEY in request.session and request.user.is_authenticated
        zone = request.user.time_zone if known else None
        with timezone.override(zone or getattr(request.tenant, "time_zone", None)):
            if known and request.user.language:
                translation.activate(request.user.language)  # LocaleMiddleware, further out, puts it back
                request.LANGUAGE_CODE = translation.get_language()
            return self.get_response(request)


def _person(request: Any) -> Any:
    with knowing(request.session.take_holder()):
        return get_user(request)


def _polls(request: HttpRequest) -> bool:
    """A fragment that the page fetches by itself; somebody who went home must not stay signed in by it."""
    return request.method == "GET" and wants_partial(request) and not request.GET


def _still_open(session: SupportSession) -> bool:
    now = timezone.now()
    if session.ended_at is not None or session.ends_at <= now:
        return False
    if still_holds(session):
        return True
    with suppress(AlreadyEnded):
        end_support_session(session=session, by_name=_("The right to enter was taken away"), at=now)
    return False


def _put_out(request: HttpRequest) -> HttpResponse:
    """Sign out, and say so on a plain page with the way back."""
    back = request.session.get(RETURN_KEY, "")
    logout(request)
    response = render(request, "accounts/support_over.html", {"back": back}, status=403)
    response["Cache-Control"] = "no-store"
    return response
