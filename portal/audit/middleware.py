"""Who is making the changes of this request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from portal.audit.context import acting_through


class AuditMiddleware:
    """Opens the audit context of one request: user, support session and address are read when a row is written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting_through(request):
            return self.get_response(request)
