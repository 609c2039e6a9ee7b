"""The step that fills a new tenant's pools of licences; the app that has them is named in the settings."""

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy

from portal.jobs.context import Context
from portal.jobs.registry import StepKind
from tenants.door import inside
from tenants.limits import Limit
from tenants.services.steps.context import request_of, tenant_of


class GrantLicences(StepKind):
    """As many base, number and add-on licences as the package includes."""

    name = "licences"
    title = gettext_lazy("Grant the licenses of the package")

    def apply(self, context: Context) -> str:
        tenant = tenant_of(context)
        with inside(tenant, owner=True):
            import_string(settings.FIRST_LICENCES)(
                extensions=tenant.max_extensions,
                numbers=tenant.limits.get(Limit.NUMBERS.value),
                addons=request_of(context).template_version.addons,
            )
        return str(tenant.max_extensions)
