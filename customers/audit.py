"""Which of this app's tables the audit log watches."""

from django.utils.translation import gettext_lazy as _

from customers.models import Contact, Customer, Purchase
from portal.audit.registry import audited

audited(Customer, label=_("Customer"))
audited(Contact, label=_("Contact"))
audited(Purchase, label=_("Licenses bought"))
