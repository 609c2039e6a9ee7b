"""From the tenant's own pages to where licences are bought and cancelled (PLT-12). Nothing is changed from here."""

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.views.support import VisitPage
from portal.permissions import Perm
from tenants.skus import PHONE_SYSTEM


class OrderPage(VisitPage, abstract=True):
    """A visit to the page `place` of the company's own part of the portal; `sku` where that page is about one."""

    permission = Perm.VISIT_OPEN
    lead = _("Licenses are ordered on the host of your provider. You go there as a guest for 30 minutes at most.")
    place = "cap:licences"
    sku = ""

    def path(self) -> str:
        about = {"sku": self.sku} if self.sku else {}
        arguments = {"number": connection.tenant.instance_number, **about}
        return reverse(self.place, urlconf=settings.PUBLIC_SCHEMA_URLCONF, kwargs=arguments)


class Buying(OrderPage):
    """What the company has bought, and more of it."""

    permission = Perm.VISIT_OPEN
    heading = _("Buy licenses")


class BuyExtensions(OrderPage):
    permission = Perm.VISIT_OPEN
    heading = _("Buy extensions")
    place, sku = "cap:buy", PHONE_SYSTEM


class CancelExtensions(OrderPage):
    permission = Perm.VISIT_OPEN
    heading = _("Cancel extensions")
    place, sku = "cap:cancel", PHONE_SYSTEM
