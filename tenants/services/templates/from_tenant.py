"""A template made from what a tenant has become: its chosen parts, without people and secrets (TPL-05)."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from portal.core.errors import DomainError
from tenants.door import inside, inside_management
from tenants.models import ServiceTemplate, Tenant
from tenants.services.cloning import NotCurrent, checked_name
from tenants.services.copying import Copier
from tenants.services.files import copy_files
from tenants.services.fingerprint import fingerprint
from tenants.services.lifecycle.guard import demand_there
from tenants.services.templates.areas import template_areas
from tenants.services.templates.create import create_template


class NoArea(DomainError):
    """A template from nothing would be an empty one."""


@transaction.atomic
def make_template_from_tenant(*, tenant: Tenant, facts: Mapping[str, Any], areas: Collection[str]) -> ServiceTemplate:
    """Make a draft whose working copy holds `tenant`'s chosen `areas` (codes), and what these need.

    Users, extensions, numbers, secrets and recordings stay behind, and so does whatever refers to them. Raises NoArea,
    TemplateNameTaken, ManagementInstance, NotThere, and NotCurrent while the tenant waits for the upgrade.
    """
    demand_there(tenant)
    if tenant.fingerprint != fingerprint():
        raise NotCurrent(f"{tenant.schema_name} waits for the upgrade.")
    chosen = template_areas().with_needed(set(areas))
    if not chosen:
        raise NoArea(_("Choose at least one part."), field="areas")
    template = create_template(facts=facts)
    copy = template.working_copy
    into, out = checked_name(copy.schema_name), checked_name(tenant.schema_name)
    tables = [table for area in chosen for table in area.tables]
    emptied = [f"DELETE FROM {into}.{table._meta.db_table}" for table in reversed(tables)]  # noqa: S608, SLF001
    statements = ["SET CONSTRAINTS ALL DEFERRED", *emptied, *Copier(out, into, tables).statements()]
    with inside_management(), connection.cursor() as cursor:
        cursor.execute(";\n".join(statements))
    with inside(copy, owner=True):
        template_areas().settle()
    copy_files(tenant, copy)
    return template
