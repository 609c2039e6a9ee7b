"""The provisioning step that keeps who ordered the tenant, and whom to write to (REG-13). Named in the settings."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy

from customers.models import Contact, Customer, Purchase
from customers.services.history import include_licences
from portal.core.errors import ManagementInstance
from portal.jobs.context import Context
from portal.jobs.registry import StepKind
from tenants.limits import Limit
from tenants.models import SubscriptionRequest, Tenant
from tenants.services.steps.context import request_of, tenant_of
from tenants.skus import NUMBER, PHONE_SYSTEM

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
        include_package(tenant, request.template_version.addons, at=timezone.now())
        return customer.name

    def undo(self, context: Context) -> None:
        for customer in Customer.objects.filter(tenant__request__pk=context.payload["request_id"]):
            customer.delete()


def include_package(tenant: Tenant, addons: Mapping[str, int], *, at: datetime) -> None:
    """Begin the tenant's licence history with what its package includes: extensions, number licences, and `addons` (how
    many by code) (PLT-16). Safe to run twice."""
    if Purchase.objects.of(tenant).exists():
        return
    numbers = tenant.limits.get(Limit.NUMBERS.value) or 0
    include_licences(tenant=tenant, counts={PHONE_SYSTEM: tenant.max_extensions, NUMBER: numbers, **addons}, at=at)


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
