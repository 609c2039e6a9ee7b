"""Steps that give a tenant its number and its address."""

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.jobs.context import Context
from portal.jobs.registry import StepKind
from tenants.models import ClaimKind, Domain, SubscriptionRequest, Tenant, TenantState
from tenants.services.names import claim_names, release_names
from tenants.services.steps.context import request_of, tenant_of


def names_of(request: SubscriptionRequest) -> dict[str, str]:
    """The names that a request holds, by kind of claim."""
    return {kind: getattr(request, kind) for kind in ClaimKind.values}


class ReserveInstance(StepKind):
    """Takes the next instance number (PLT-03) and makes the tenant's row, which nobody sees yet."""

    name = "reserve"
    title = gettext_lazy("Reserve an instance number")

    def apply(self, context: Context) -> str:
        request = request_of(context)
        if request.tenant is None:
            if not request.claims.exists():
                claim_names(names_of(request), request=request)  # a recovered request had to let them go
            request.tenant = self._make(request)
            request.save(update_fields=["tenant"])
            request.claims.update(tenant=request.tenant)  # bookkeeping of names, the request itself is audited
        return _("Instance %(number)d") % {"number": request.tenant.instance_number}

    def undo(self, context: Context) -> None:
        request = request_of(context)
        tenant, request.tenant = request.tenant, None
        request.save(update_fields=["tenant"])
        release_names(request=request)
        if tenant is not None:
            tenant.delete()

    def _make(self, request: SubscriptionRequest) -> Tenant:
        with connection.cursor() as cursor:
            # One statement takes the number and remembers it: two workers cannot get the same one.
            cursor.execute("UPDATE tenants_platform SET last_instance = last_instance + 1 RETURNING last_instance")
            number = cursor.fetchone()[0]
        return Tenant.objects.create(
            schema_name=f"t{number}",
            instance_number=number,
            name=request.name,
            short_name=request.short_name,
            state=TenantState.PROVISIONING,
            template_version=request.template_version,
        )


class AssignAddress(StepKind):
    """Gives the tenant its FQDN (PLT-04). Until it is ready, the address shows that it is being created."""

    name = "address"
    title = gettext_lazy("Assign the FQDN")

    def apply(self, context: Context) -> str:
        request = request_of(context)
        Domain.objects.get_or_create(domain=request.fqdn, defaults={"tenant": request.tenant, "is_primary": True})
        return request.fqdn

    def undo(self, context: Context) -> None:
        for domain in Domain.objects.filter(tenant=tenant_of(context)):
            domain.delete()
