"""Default deny: a view answers only if it says who may see it (THR-01)."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from portal.sites.access import rule_of
from portal.sites.errors import method_not_allowed


class AccessMiddleware:
    """Pages enforce their own permission; a view of a library must be listed in `portal.sites.access`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:  # Django's own answer is an empty page
            return method_not_allowed(request, response.headers.get("Allow", ""))
        return response

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> None:
        match = request.resolver_match
        if rule_of(match.view_name if match else "", view) is None:
            raise Http404("no rule for this address")
