"""The step that clones the service template."""

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.jobs.context import Context
from portal.jobs.registry import StepKind
from tenants.services.cloning import clone_schema, drop_schema
from tenants.services.steps.context import request_of, tenant_of


class CloneTemplate(StepKind):
    """Structure and rows of the ordered version become the tenant's schema, in one transaction."""

    name = "clone"
    title = gettext_lazy("Copy the service template")

    def apply(self, context: Context) -> str:
        request = request_of(context)
        clone_schema(request.template_version.schema, request.tenant)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = %s", [request.tenant.schema_name])
            tables = cursor.fetchone()[0]
        return _("%(template)s, %(tables)d tables") % {"template": request.template_version, "tables": tables}

    def undo(self, context: Context) -> None:
        drop_schema(tenant_of(context))
