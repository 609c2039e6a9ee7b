"""What pages of lower apps show about customers, without importing this app."""

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django_countries import countries

from customers.models import Contact
from customers.selectors import customer_of
from portal.core.phone_numbers import for_people
from tenants.models import Tenant

register = template.Library()


@register.inclusion_tag("customers/_customer.html")
def customer_card(tenant: Tenant) -> dict[str, Any]:
    """`{% customer_card tenant %}`: the customer behind a tenant and its contacts; nothing where there is none."""
    people = list(Contact.objects.filter(customer__tenant=tenant).select_related("customer").order_by("pk"))
    customer = people[0].customer if people else customer_of(tenant)
    if customer is None:
        return {"customer": None}
    facts = [
        {"label": _("Name"), "value": customer.name},
        {"label": _("Country"), "value": countries.name(customer.country)},
    ]
    contacts = [{"name": contact.name, "facts": _facts(contact)} for contact in people]
    return {"customer": customer, "facts": facts, "contacts": contacts}


def _facts(contact: Contact) -> list[dict[str, Any]]:
    address = ", ".join(part for part in (contact.street, f"{contact.postal_code} {contact.city}".strip()) if part)
    return [
        {"label": _("E-mail address"), "value": contact.email, "url": f"mailto:{contact.email}"},
        {"label": _("Telephone"), "value": for_people(contact.phone)},
        {"label": _("Company"), "value": contact.company},
        {"label": _("Address"), "value": address},
        {"label": _("Country"), "value": countries.name(contact.country)},
    ]
