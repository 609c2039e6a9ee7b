"""The step that writes what was ordered on the tenant's row."""

from django.utils.translation import gettext_lazy

from portal.jobs.context import Context
from portal.jobs.registry import StepKind
from tenants.services.steps.context import request_of, tenant_of


class ApplySettings(StepKind):
    """ANI, UPN suffix, country, product type and limits; an upper app never has to be asked for them."""

    name = "settings"
    title = gettext_lazy("Apply ANI, UPN suffix and limits")

    def apply(self, context: Context) -> str:
        request = request_of(context)
        tenant, version = tenant_of(context), request.template_version
        tenant.upn_suffix, tenant.ani = request.upn_suffix, request.ani
        tenant.country = request.country or version.country
        tenant.product = version.product
        tenant.max_extensions, tenant.max_channels = version.max_extensions, version.max_channels
        tenant.save()
        return f"{tenant.ani}, {tenant.upn_suffix}"
