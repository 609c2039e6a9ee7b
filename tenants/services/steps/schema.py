"""The step that clones the service template."""

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.jobs.context import Context
from portal.jobs.registry import GiveUp, StepKind
from tenants.services.cloning import clone_schema, drop_schema
from tenants.services.steps.context import request_of, tenant_of


class CloneTemplate(StepKind):
    """Structure and rows of the ordered version become the tenant's schema, in one transaction."""

    name = "clone"
    title = gettext_lazy("Copy the service template")

    def apply(self, context: Context) -> str:
        version, tenant = request_of(context).template_version, tenant_of(context)
        if version.schema is None:
            raise GiveUp(_("The service template %(template)s is no longer kept.") % {"template": version})
        clone_schema(version.schema, tenant)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = %s", [tenant.schema_name])
            tables = cursor.fetchone()[0]
        return _("%(template)s, %(tables)d tables") % {"template": version, "tables": tables}

    def undo(self, context: Context) -> None:
        drop_schema(tenant_of(context))
