"""From the tenant's own pages to where licences are bought and cancelled (PLT-12). Nothing is changed from here."""

from django.db import connection
from django.utils.translation import gettext_lazy as _

from portal.accounts.views.support import VisitPage
from portal.permissions import Perm
from tenants.skus import PHONE_SYSTEM


class OrderPage(VisitPage, abstract=True):
    """A visit to the page `place` of the company's own part of the portal."""

    permission = Perm.VISIT_OPEN
    lead = _("Licences are ordered on the host of your provider. You go there as a guest for 30 minutes at most.")
    place = ""

    def path(self) -> str:
        return f"/cap/{connection.tenant.instance_number}/{self.place}"


class Buying(OrderPage):
    """What the company has bought, and more of it."""

    permission = Perm.VISIT_OPEN
    heading = _("Buy licences")


class BuyExtensions(OrderPage):
    permission = Perm.VISIT_OPEN
    heading = _("Buy extensions")
    place = f"{PHONE_SYSTEM}/buy/"


class CancelExtensions(OrderPage):
    permission = Perm.VISIT_OPEN
    heading = _("Cancel extensions")
    place = f"{PHONE_SYSTEM}/cancel/"
