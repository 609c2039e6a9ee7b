"""Arriving from another host, and leaving again (TEN-05, POR-03)."""

from contextlib import suppress
from typing import Any

from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt

from portal.accounts.handoff import SESSION_LASTS, BadHandoff, path_of, redeem
from portal.accounts.middleware import RETURN_KEY, SUPPORT_KEY
from portal.accounts.models import SupportSession
from portal.accounts.services import AlreadyEnded, end_support_session
from portal.core.addresses import origin_here
from portal.core.client_ip import client_ip
from portal.core.pages import OpenPage, Page
from portal.permissions import Perm

_BACKEND = "portal.accounts.backends.SignInBackend"


# The page that posts here stands on another host, so there is no CSRF cookie to compare; the token in the body is bound
# to the exact origin that issued it, and that must be the one that the browser names.
@method_decorator(csrf_exempt, name="dispatch")
class HandoffPage(OpenPage):
    """Redeems a signed hand-off and signs its bearer in."""

    open_because = "the signed hand-off in the body is the proof, good once and for a minute"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        origin = request.headers.get("Origin", "")
        host = request.get_host().partition(":")[0].lower()
        token = request.POST.get("token", "")
        try:
            path = path_of(token)
            session = redeem(token=token, host=host, origin=origin, ip=client_ip(request), at=timezone.now())
        except BadHandoff as refusal:
            return _plain(request, "accounts/handoff_refused.html", {"reason": refusal.message}, status=403)
        enter(request, session, origin)
        return HttpResponseRedirect(path)


class LeavePage(Page):
    """Ends the guest's own session."""

    permission = Perm.OWN_USE
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        session = request.support_session
        if session is None:
            raise Http404
        back = request.session.get(RETURN_KEY, "")
        with suppress(AlreadyEnded):  # when the owner was quicker
            end_support_session(session=session, by_name=session.actor_name, at=timezone.now())
        logout(request)
        return _plain(request, "accounts/support_left.html", {"back": back}, status=200)


def enter(request: HttpRequest, session: SupportSession, origin: str) -> None:
    """Sign the browser in under `session`: a fresh session key, for half an hour at most."""
    logout(request)
    request.support_session = session  # whoever listens to the sign-in is told both names
    login(request, session.user, backend=_BACKEND)
    request.session[SUPPORT_KEY] = str(session.pk)
    request.session[RETURN_KEY] = origin
    request.session.set_expiry(int(SESSION_LASTS.total_seconds()))


def go_page(request: HttpRequest, *, token: str, target: str, place: str) -> HttpResponse:
    """The page that carries `token` to the host with the origin `target`; works without JavaScript by its button."""
    context = {"token": token, "action": f"{target}/handoff/", "place": place, "here": origin_here(request)}
    response = _plain(request, "accounts/handoff_go.html", context, status=200)
    # This one form goes to another host of ours, and its Origin header is what the other host checks.
    response._csp_update = {"form-action": [target]}  # noqa: SLF001 - django-csp's own way to vary one answer
    response["Referrer-Policy"] = "strict-origin"
    return response


def _plain(request: HttpRequest, template: str, context: dict[str, Any], *, status: int) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    return response
