"""The host name decides the schema. An unknown host, or a tenant that is not ready, gets its own plain page."""

import re
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.urls import set_urlconf

from portal.core.db.prepared import PreparedQuery
from portal.sites import errors
from tenants.models import Tenant, TenantState
from tenants.services.fingerprint import fingerprint

# With where its telephones are, which every page with something live wants to know, anew at each request.
_TENANT_AT = PreparedQuery(
    lambda host: Tenant.objects.filter(domains__domain=host).select_related("applied_version"), host=str
)
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")


class HostMiddleware:
    """Sets the connection to the tenant's schema and role for this request, and back to public afterwards."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        connection.set_schema_to_public()
        try:
            return self._serve(request)
        except OperationalError:
            connection.close()
            return errors.database_away(request)
        finally:
            connection.set_schema_to_public()
            set_urlconf(None)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A database that goes away under a page: try again soon, instead of an error of ours."""
        if isinstance(exception, OperationalError | InterfaceError):
            connection.close()
            return errors.database_away(request)
        return None

    def _serve(self, request: HttpRequest) -> HttpResponse:
        tenant = _tenant_of(request)
        if tenant is None:
            return errors.unknown_host(request)
        request.tenant = tenant
        request.urlconf = settings.PUBLIC_SCHEMA_URLCONF if tenant.is_management else settings.ROOT_URLCONF
        set_urlconf(request.urlconf)
        closed = _closed_door(tenant)
        if closed is not None:
            return closed(request)
        if not tenant.is_management:
            connection.set_tenant(tenant)
        return self.get_response(request)


def _closed_door(tenant: Tenant) -> Callable[[HttpRequest], HttpResponse] | None:
    """The plain page of a tenant that cannot be served now, or None for one that can."""
    if tenant.is_suspended:
        return errors.tenant_suspended
    if tenant.state == TenantState.PROVISIONING:
        return errors.tenant_being_created
    if not tenant.is_ready:
        return errors.unknown_host
    if tenant.fingerprint != fingerprint():
        return errors.maintenance  # its schema waits for `manage.py upgrade`; the tenants that are done are served
    return None


def host_name(request: HttpRequest) -> str | None:
    """The host asked for, in lower case, without port and final dot; None when it is not a host name."""
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    bare = host.rsplit(":", 1)[0].lower().removesuffix(".")
    return bare if _HOST.fullmatch(bare) and ".." not in bare else None


def _tenant_of(request: HttpRequest) -> Tenant | None:
    host = host_name(request)
    if host is None:
        return None
    for found in _TENANT_AT(host=host):
        found.place = getattr(found, "applied_version", None)
        return found
    return None
