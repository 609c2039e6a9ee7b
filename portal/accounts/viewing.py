"""“View as role”: the pages as a role would see them, without rights to change anything (ROL-10)."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.accounts.events import RoleViewEnded, RoleViewStarted
from portal.accounts.models import Role
from portal.core.events import emit

Handler = Callable[[HttpRequest], HttpResponse]

ROLE_KEY = "viewing_as_role"
HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})
# What ends the view; nothing else may be posted in it.
WAYS_OUT = frozenset({"accounts:view_as_leave", "account_logout"})


def begin_view(request: HttpRequest, role: Role) -> None:
    """Show this session the pages as `role` from the next request on. The caller has checked that it could be given."""
    request.session[ROLE_KEY] = role.pk
    emit(RoleViewStarted(role=str(role.label)))


def end_view(request: HttpRequest) -> None:
    """Show this session its own pages again."""
    role = Role.objects.filter(pk=request.session.pop(ROLE_KEY, None)).first()
    if role is not None:
        emit(RoleViewEnded(role=str(role.label)))


class ViewAsMiddleware:
    """Sets `request.viewing_as`, and lets the person have only what the role and they themselves hold."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewing_as = None
        if SESSION_KEY in request.session and ROLE_KEY in request.session and request.user.is_authenticated:
            role = Role.objects.filter(pk=request.session[ROLE_KEY]).first()
            if role is None or not request.user.may_grant(role.grants, in_teams=role.team_scoped):
                del request.session[ROLE_KEY]  # it is gone, or may do more than this person by now
            else:
                request.viewing_as = role
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        role = request.viewing_as
        if role is None:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in WAYS_OUT:
            return None
        if request.method not in HARMLESS:
            response = render(request, "accounts/view_as_refused.html", {"role": role}, status=403)
            response["Cache-Control"] = "no-store"
            return response
        request.user.viewed_role = role
        request.user.granted = request.user.granted & role.grants
        request.user.granted_everywhere = request.user.granted_everywhere & role.grants
        return None
