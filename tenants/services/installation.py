"""The first start of an installation: instance 1, the roles of its people, and a first service template."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from portal.accounts.seeding import seed_roles
from portal.permissions import Face
from tenants.door import inside_management
from tenants.models import (
    Audience,
    ClaimKind,
    Domain,
    NameClaim,
    Platform,
    ServiceTemplate,
    Tenant,
    TenantKind,
    TenantState,
)
from tenants.models.tenant import MANAGEMENT_NUMBER
from tenants.services.fingerprint import fingerprint
from tenants.services.versions import make_working_copy, publish_version

FIRST_TEMPLATE = {
    "name": "Standard",
    "description": "A phone system for an office: extensions, queues and voicemail.",
    "services": "Phone system\nQueues with callback\nAdministrator's portal",
    "product": "Phone System",
    "audience": Audience.SELF_SERVICE,
    "max_extensions": 50,
    "max_channels": 10,
    "is_default": True,
}


def install(*, company: str, fqdn: str, at: datetime) -> Tenant:
    """Create what is missing of a new installation and return the management instance (PLT-01). Safe to repeat."""
    with inside_management():
        management = _management_instance(company=company, fqdn=fqdn)
        seed_roles(Face.MANAGEMENT)
        if not ServiceTemplate.objects.exists():
            _first_template(at)
        return management


@transaction.atomic
def _management_instance(*, company: str, fqdn: str) -> Tenant:
    Platform.objects.get_or_create(pk=1, defaults={"company": company, "off_peak_days": list(range(7))})
    management, _made = Tenant.objects.get_or_create(
        instance_number=MANAGEMENT_NUMBER,
        defaults={
            "schema_name": "public",
            "kind": TenantKind.MANAGEMENT,
            "is_management": True,
            "name": company,
            "state": TenantState.ACTIVE,
            "fingerprint": fingerprint(),
        },
    )
    aliases = ["localhost", "127.0.0.1"] if settings.PORTAL_BASE_DOMAIN == "localhost" else []
    for host in [fqdn, *aliases]:
        Domain.objects.get_or_create(domain=host, defaults={"tenant": management, "is_primary": host == fqdn})
    NameClaim.objects.get_or_create(kind=ClaimKind.FQDN, value=fqdn, defaults={"tenant": management})
    return management


def _first_template(at: datetime) -> None:
    template = make_working_copy(ServiceTemplate(**FIRST_TEMPLATE))
    publish_version(template=template, by_name=settings.PORTAL_COMPANY, at=at)


def seed_new_schema() -> None:
    """Rows that every schema starts with, in the active schema; the upper apps' seeds are named in the settings."""
    for path in settings.TENANT_SEEDS:
        import_string(path)()
