"""Web addresses of this installation's hosts."""

from django.conf import settings
from django.http import HttpRequest


def origin_of(host: str) -> str:
    """Scheme, `host` and port as a browser writes them in an `Origin` header, for a host without port.

    Under https a proxy in front of the portal listens on the ordinary port; plain http shows the portal's own.
    """
    if settings.PORTAL_HTTPS:
        return f"https://{host}"
    port = "" if settings.PORTAL_PORT == 80 else f":{settings.PORTAL_PORT}"
    return f"http://{host}{port}"


def origin_here(request: HttpRequest) -> str:
    """The origin that the browser sees for this request, port included."""
    return f"{request.scheme}://{request.get_host()}"


def origin_beside(request: HttpRequest, host: str) -> str:
    """The origin of another host of this installation, reached the way this request came (same scheme and port)."""
    _name, colon, port = request.get_host().partition(":")
    return f"{request.scheme}://{host}{colon}{port}"
