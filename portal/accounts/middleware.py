"""Who is really sitting there: support sessions and visits (TEN-05)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class ActingMiddleware:
    """Sets `request.support_session`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.support_session = None
        return self.get_response(request)
