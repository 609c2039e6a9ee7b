"""Plain pages for everything that goes wrong, with the request id and one way out."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from portal.core.request_id import current


def _plain(request: HttpRequest, template: str, status: int, **context: object) -> HttpResponse:
    """Rendered without the request: what went wrong may be the very thing that the frame of a page asks for."""
    told = {"request_id": current(), "platform_name": settings.PORTAL_COMPANY, **context}
    response = HttpResponse(render_to_string(f"errors/{template}.html", told), status=status)
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return _plain(request, "413", 413)
    return _plain(request, "400", 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _plain(request, "403", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _plain(request, "404", 404)


def method_not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    response = _plain(request, "405", 405)
    response["Allow"] = allowed
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    return _plain(request, "500", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or came from somewhere else."""
    return _plain(request, "csrf", 403)


def unknown_host(request: HttpRequest) -> HttpResponse:
    return _plain(request, "unknown_host", 404)


def tenant_suspended(request: HttpRequest) -> HttpResponse:
    return _plain(request, "tenant_suspended", 503)


def tenant_being_created(request: HttpRequest) -> HttpResponse:
    return _plain(request, "tenant_being_created", 503)


def maintenance(request: HttpRequest) -> HttpResponse:
    """This tenant is being upgraded; it takes seconds."""
    response = _plain(request, "maintenance", 503)
    response["Retry-After"] = "10"
    return response


def database_away(request: HttpRequest) -> HttpResponse:
    response = _plain(request, "503", 503)
    response["Retry-After"] = "10"
    return response
