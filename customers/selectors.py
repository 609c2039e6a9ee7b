"""Reads about the commercial side of tenants."""

from customers.models import Customer
from tenants.models import Tenant


def customer_of(tenant: Tenant) -> Customer | None:
    """The tenant's customer, or None for the management instance and templates."""
    return Customer.objects.filter(tenant=tenant).first()
