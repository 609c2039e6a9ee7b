"""Every request has an id, in the answer, the log, the audit and the jobs it starts."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from portal.core.request_id import begin


class RequestIdMiddleware:
    """Starts the id and puts it into the answer's `X-Request-Id`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        fresh = begin()
        response = self.get_response(request)
        response["X-Request-Id"] = fresh
        return response
