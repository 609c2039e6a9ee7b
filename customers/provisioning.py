"""The provisioning step that keeps who ordered the tenant, and whom to write to (REG-13). Named in the settings."""

from datetime import UTC, datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy

from customers.models import Contact, Customer, Purchase
from portal.core.errors import ManagementInstance
from portal.jobs.context import Context
from portal.jobs.registry import StepKind
from tenants.models import Sku, SubscriptionRequest, Tenant
from tenants.services.steps.context import request_of, tenant_of
from tenants.skus import PHONE_SYSTEM

# Facts that a contact takes over from the request under the same name.
_SAME_NAME = ("company", "street", "city", "postal_code", "country")


class CreateCustomer(StepKind):
    """Makes the customer with its first contact from the subscription request, and begins its licence history."""

    name = "customer"
    title = gettext_lazy("Create the customer and its contact")

    def apply(self, context: Context) -> str:
        request = request_of(context)
        tenant = tenant_of(context)
        refuse_management(tenant)
        customer, _made = Customer.objects.get_or_create(
            tenant=tenant, defaults={"name": customer_name(request), "country": request.country}
        )
        if not customer.contacts.filter(email__iexact=request.contact_email).exists():
            _contact(customer, request).save()
        include_extensions(tenant, at=timezone.now())
        return customer.name

    def undo(self, context: Context) -> None:
        for customer in Customer.objects.filter(tenant__request__pk=context.payload["request_id"]):
            customer.delete()


def include_extensions(tenant: Tenant, *, at: datetime) -> None:
    """Begin the tenant's licence history with what its package includes (PLT-16). Safe to run twice."""
    if not tenant.max_extensions or Purchase.objects.of(tenant).exists():
        return
    Purchase.objects.create(
        tenant=tenant, sku=PHONE_SYSTEM, name=Sku.objects.get(code=PHONE_SYSTEM).name, edition=tenant.product,
        quantity=tenant.max_extensions, unit_minor=0, currency=settings.PORTAL_CURRENCY, included=True,
        starts=at.astimezone(UTC).date(), bought_at=at,
    )  # fmt: skip


def customer_name(request: SubscriptionRequest) -> str:
    """The company, or the tenant's name where none was given."""
    return request.company or request.name


def refuse_management(tenant: Tenant) -> None:
    """Raise ManagementInstance for instance 1 (PLT-02)."""
    if tenant.is_management:
        raise ManagementInstance


def _contact(customer: Customer, request: SubscriptionRequest) -> Contact:
    facts = {field: getattr(request, field) for field in _SAME_NAME}
    return Contact(
        customer=customer,
        name=request.contact_name,
        email=request.contact_email,
        phone=request.contact_phone,
        **facts,
    )
