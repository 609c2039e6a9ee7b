"""Full addresses of hosts, for mails, hand-offs and the console. Never taken from a request (THR-27)."""

from django.conf import settings
from django.urls import reverse


def site_url(host: str, path: str = "/") -> str:
    """`https://kenton-electronics.example/…`, with the port where it is not the usual one."""
    return f"{origin_of(host)}{path}"


def origin_of(host: str) -> str:
    """Scheme, host and port, without a path: what browsers send as `Origin`."""
    scheme, usual = ("https", 443) if settings.PORTAL_HTTPS else ("http", 80)
    port = "" if settings.PORTAL_PORT == usual or settings.PORTAL_HTTPS else f":{settings.PORTAL_PORT}"
    return f"{scheme}://{host}{port}"


def management_url(name: str, **kwargs: object) -> str:
    """A named page on the management host."""
    path = reverse(name, urlconf=settings.PUBLIC_SCHEMA_URLCONF, kwargs=kwargs or None)
    return site_url(settings.PORTAL_MANAGEMENT_FQDN, path)


def tenant_url(host: str, name: str, **kwargs: object) -> str:
    """A named page on a tenant's host."""
    return site_url(host, reverse(name, urlconf=settings.ROOT_URLCONF, kwargs=kwargs or None))
