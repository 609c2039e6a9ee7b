"""Links to the management host, for mails."""

from django.conf import settings
from django.urls import reverse

from portal.core.addresses import origin_of


def management_page(name: str, *args: str) -> str:
    """The whole address of the management host's page called `name`."""
    path = reverse(name, args=args, urlconf=settings.PUBLIC_SCHEMA_URLCONF)
    return f"{origin_of(settings.PORTAL_MANAGEMENT_FQDN)}{path}"
