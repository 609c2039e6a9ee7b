"""`manage.py where`: the addresses of this installation, for the console of the launcher."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.urls import reverse

from portal.accounts.models import User
from portal.accounts.services import password_link
from portal.core.addresses import origin_of
from portal.permissions import BuiltinRole
from tenants.models import Domain, TenantKind


class Command(BaseCommand):
    help = "Print where the portal, the registration form and each tenant are, and the first operator's sign-in link."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        home = origin_of(settings.PORTAL_MANAGEMENT_FQDN)
        first = first_operator()
        found = {
            "management": f"{home}/",
            "register": home + reverse("register:start", urlconf=settings.PUBLIC_SCHEMA_URLCONF),
            "first_sign_in": password_link(user=first) if first else None,
            "first_logon": first.get_username() if first else None,
            "mail": mail_goes_to(),
            "tenants": tenant_addresses(),
        }
        if options["json"]:
            self.stdout.write(json.dumps(found))
            return
        for name, value in found.items():
            self.stdout.write(f"{name:>14}  {value or '-'}")


def first_operator() -> User | None:
    """The first operator, as long as nobody has set that operator's password."""
    first = User.objects.filter(roles__code=BuiltinRole.OPERATOR_OWNER, is_active=True).order_by("pk").first()
    return first if first is not None and not first.has_usable_password() else None


def mail_goes_to() -> str:
    """A sentence about outgoing mail."""
    if settings.PORTAL_MAIL_TRANSPORT.endswith("filebased.EmailBackend"):
        return f"one file a message in {settings.EMAIL_FILE_PATH}"
    return f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"


def tenant_addresses() -> list[str]:
    """The start pages of the customer tenants, in the order of their numbers."""
    domains = Domain.objects.filter(is_primary=True, tenant__kind=TenantKind.CUSTOMER)
    return [
        f"{origin_of(host)}/" for host in domains.order_by("tenant__instance_number").values_list("domain", flat=True)
    ]
