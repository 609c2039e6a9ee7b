"""The provisioning step that fills a new tenant's pools. Named in the settings."""

from django.utils.translation import gettext_lazy

from licensing.services.entitlement import start_pools
from portal.jobs.context import Context
from portal.jobs.registry import StepKind
from tenants.door import inside
from tenants.limits import Limit
from tenants.services.steps.context import tenant_of


class GrantLicences(StepKind):
    """As many base and number licences as the package includes."""

    name = "licences"
    title = gettext_lazy("Grant the licences of the package")

    def apply(self, context: Context) -> str:
        tenant = tenant_of(context)
        with inside(tenant, owner=True):
            start_pools(extensions=tenant.max_extensions, numbers=tenant.limits.get(Limit.NUMBERS.value))
        return str(tenant.max_extensions)
