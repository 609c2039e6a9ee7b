"""The schemas behind a service template: its working copy, and one frozen copy for each published version (TPL-03)."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F

from tenants.door import inside_management
from tenants.models import (
    Domain,
    Platform,
    ServiceTemplate,
    TemplateState,
    TemplateVersion,
    Tenant,
    TenantKind,
    TenantState,
)
from tenants.services.cloning import clone_schema, create_blank

# The facts of a template that a version takes over.
COPIED = [
    "name",
    "description",
    "services",
    "price",
    "currency",
    "product",
    "country",
    "max_extensions",
    "max_channels",
    "limits",
    "addons",
]


@transaction.atomic
def make_working_copy(template: ServiceTemplate) -> ServiceTemplate:
    """Save a new `template` together with its working copy, a seeded schema `tpl<n>` with a host of its own."""
    with inside_management():
        Platform.objects.filter(pk=1).update(last_template=F("last_template") + 1)  # a counter, nobody's change
        number = Platform.objects.get(pk=1).last_template
        copy = Tenant.objects.create(
            schema_name=f"tpl{number}", kind=TenantKind.TEMPLATE, name=template.name, state=TenantState.ACTIVE
        )
        create_blank(copy)
        Domain.objects.create(domain=f"tpl{number}.{settings.PORTAL_BASE_DOMAIN}", tenant=copy, is_primary=True)
        template.working_copy = copy
        template.save()
    return template


@transaction.atomic
def publish_version(*, template: ServiceTemplate, by_name: str, at: datetime) -> TemplateVersion:
    """Freeze the working copy as the next version; what was ordered before keeps its own version."""
    with inside_management():
        locked = ServiceTemplate.objects.select_for_update().get(pk=template.pk)
        number = locked.versions.count() + 1
        frozen = Tenant.objects.create(
            schema_name=f"{locked.working_copy.schema_name}_v{number}",
            kind=TenantKind.VERSION,
            name=locked.name,
            state=TenantState.ACTIVE,
        )
        clone_schema(locked.working_copy, frozen)
        facts = {field: getattr(locked, field) for field in COPIED}
        version = TemplateVersion.objects.create(
            template=locked, number=number, schema=frozen, published_at=at, published_by=by_name, **facts
        )
        locked.state = template.state = TemplateState.PUBLISHED
        locked.save(update_fields=["state"])
    return version
