"""Default deny: a view answers only if it says who may see it (THR-01)."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from portal.sites.access import rule_of


class AccessMiddleware:
    """Pages enforce their own permission; a view of a library must be listed in `portal.sites.access`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> None:
        match = request.resolver_match
        if rule_of(match.view_name if match else "", view) is None:
            raise Http404("no rule for this address")
