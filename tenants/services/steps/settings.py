"""The step that writes what was ordered on the tenant's row."""

from django.utils.translation import gettext_lazy
from django_countries import countries

from portal.core.zones import zone_of
from portal.jobs.context import Context
from portal.jobs.registry import StepKind
from tenants.models import Platform, Tenant
from tenants.services.steps.context import request_of, tenant_of
from tenants.services.templates.placeholders import fill_in


class ApplySettings(StepKind):
    """ANI, UPN suffix, country, product type and limits, and the texts that name them (TPL-06)."""

    name = "settings"
    title = gettext_lazy("Apply ANI, UPN suffix and limits")

    def apply(self, context: Context) -> str:
        request = request_of(context)
        tenant, version = tenant_of(context), request.template_version
        tenant.upn_suffix, tenant.ani = request.upn_suffix, request.ani
        tenant.country = request.country or version.country
        tenant.time_zone = zone_of(tenant.country)
        tenant.product = version.product
        tenant.max_extensions, tenant.max_channels = version.max_extensions, version.max_channels
        tenant.limits = version.limits
        tenant.platform_settings = Platform.objects.get(pk=1).tenant_settings
        tenant.save()
        fill_in(tenant, words_of(tenant, company=request.company))
        return f"{tenant.ani}, {tenant.upn_suffix}"


def words_of(tenant: Tenant, *, company: str = "") -> dict[str, str]:
    """What the placeholders of a template become in `tenant`; without a company's name, the tenant's counts."""
    return {
        "company": company or tenant.name,
        "short_name": tenant.short_name,
        "ani": tenant.ani,
        "country": str(countries.name(tenant.country)) if tenant.country else "",
        "timezone": str(tenant.time_zone),
    }
