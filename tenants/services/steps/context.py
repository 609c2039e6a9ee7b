"""What every provisioning step starts from: the request, and the tenant once it exists."""

from portal.jobs.context import Context
from tenants.models import SubscriptionRequest, Tenant


def request_of(context: Context) -> SubscriptionRequest:
    """The request that this job fulfils, with its template version."""
    requests = SubscriptionRequest.objects.select_related("template_version__schema", "tenant")
    return requests.get(pk=context.payload["request_id"])


def tenant_of(context: Context) -> Tenant:
    """The tenant that the first step reserved."""
    return Tenant.objects.get(request__pk=context.payload["request_id"])
