"""Make a service template and change its facts (TPL-01)."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.core.errors import DomainError
from tenants.models import Domain, Platform, ServiceTemplate, Tenant, TenantKind, TenantState
from tenants.services.cloning import clone_schema, create_blank

FACTS = (
    "name",
    "description",
    "services",
    "price",
    "currency",
    "product",
    "country",
    "max_extensions",
    "max_channels",
    "audience",
    "start",
    "approval",
)


class TemplateNameTaken(DomainError):
    """Two templates of one name could not be told apart on the registration form."""


@transaction.atomic
def create_template(*, facts: Mapping[str, Any], source: ServiceTemplate | None = None) -> ServiceTemplate:
    """Make a draft with a working copy of its own (`tpl5`): blank, or with the content of `source`'s working copy.

    `facts` holds values for FACTS. Raises TemplateNameTaken.
    """
    platform = Platform.objects.select_for_update().get(pk=1)
    platform.last_template += 1
    platform.save(update_fields=["last_template"])
    schema = f"tpl{platform.last_template}"
    copy = Tenant(
        schema_name=schema,
        kind=TenantKind.TEMPLATE,
        name=facts["name"],
        state=TenantState.ACTIVE,
        max_extensions=facts["max_extensions"],
        max_channels=facts["max_channels"],
    )
    copy.save()
    if source is None:
        create_blank(copy)
    else:
        clone_schema(source.working_copy, copy)
    Domain.objects.create(tenant=copy, domain=f"{schema}.{settings.PORTAL_BASE_DOMAIN}", is_primary=True)
    template = ServiceTemplate(working_copy=copy, **_only_facts(facts))
    _save_named(template)
    return template


@transaction.atomic
def edit_template(*, template: ServiceTemplate, facts: Mapping[str, Any]) -> ServiceTemplate:
    """Change the facts. What was published stays as it was until the next version (TPL-03).

    Audience, start and approval are policy and hold at once. Raises TemplateNameTaken.
    """
    locked = ServiceTemplate.objects.select_for_update().select_related("working_copy").get(pk=template.pk)
    for name, value in _only_facts(facts).items():
        setattr(locked, name, value)
    _save_named(locked)
    copy = locked.working_copy
    if (copy.name, copy.max_extensions, copy.max_channels) != (locked.name, locked.max_extensions, locked.max_channels):
        copy.name, copy.max_extensions, copy.max_channels = locked.name, locked.max_extensions, locked.max_channels
        copy.save(update_fields=["name", "max_extensions", "max_channels"])
    return locked


def _only_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: facts[name] for name in FACTS if name in facts}


def _save_named(template: ServiceTemplate) -> None:
    try:
        with transaction.atomic():
            template.save()
    except IntegrityError as clash:
        raise TemplateNameTaken(_("Another template already has this name."), field="name") from clash
