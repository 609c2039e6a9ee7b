"""The last steps: the tenant opens its doors, and the contact is told."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.jobs.context import Context
from portal.jobs.registry import StepKind
from tenants.models import TenantMove, TenantState
from tenants.services.requests.finish import completed
from tenants.services.steps.context import request_of, tenant_of


class MarkReady(StepKind):
    """From here on, the address answers."""

    name = "ready"
    title = gettext_lazy("Open the tenant")

    def apply(self, context: Context) -> str:
        tenant = tenant_of(context)
        if tenant.state == TenantState.PROVISIONING:
            tenant.state, tenant.ready_at = TenantState.ACTIVE, timezone.now()
            tenant.save(update_fields=["state", "ready_at"])
            TenantMove.objects.create(
                tenant=tenant,
                before=TenantState.PROVISIONING,
                after=TenantState.ACTIVE,
                by_name=_("Provisioning"),
                at=tenant.ready_at,
            )
        return tenant.schema_name

    def undo(self, context: Context) -> None:
        tenant = tenant_of(context)
        tenant.state, tenant.ready_at = TenantState.PROVISIONING, None
        tenant.save(update_fields=["state", "ready_at"])


class SendResult(StepKind):
    """The request is completed and its contact gets the mail, in one transaction: exactly once (REG-22)."""

    name = "welcome"
    title = gettext_lazy("Send the welcome mail")

    def apply(self, context: Context) -> str:
        request = request_of(context)
        completed(request, timezone.now())
        return request.contact_email
