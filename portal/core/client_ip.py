"""The address a request really came from (AUD-03)."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_ip(request: HttpRequest) -> str | None:
    """The client's address, seen through exactly `PORTAL_TRUSTED_PROXIES` proxies.

    Every proxy appends the peer it saw, so the trustworthy entry is counted from the right; whatever a client put
    in front of it is ignored. Returns None when no valid address is known.
    """
    chain = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    trusted = settings.PORTAL_TRUSTED_PROXIES
    candidate = chain[-trusted] if trusted and len(chain) >= trusted else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ip_address(candidate))
    except ValueError:
        return None
