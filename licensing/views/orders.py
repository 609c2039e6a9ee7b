"""From the tenant's own pages to where licences are bought and cancelled (PLT-12). Nothing is changed from here."""

from django.db import connection
from django.utils.translation import gettext_lazy as _

from portal.accounts.views.support import VisitPage
from portal.permissions import Perm
from tenants.skus import PHONE_SYSTEM

_LEAD = _("Licences are ordered on the host of your provider. You go there as a guest for 30 minutes at most.")


class Buying(VisitPage):
    """What the company has bought, and more of it."""

    permission = Perm.VISIT_OPEN
    heading = _("Buy licences")
    lead = _LEAD

    def path(self) -> str:
        return f"/cap/{connection.tenant.instance_number}/"


class BuyExtensions(VisitPage):
    permission = Perm.VISIT_OPEN
    heading = _("Buy extensions")
    lead = _LEAD

    def path(self) -> str:
        return f"/cap/{connection.tenant.instance_number}/{PHONE_SYSTEM}/buy/"


class CancelExtensions(VisitPage):
    permission = Perm.VISIT_OPEN
    heading = _("Cancel extensions")
    lead = _LEAD

    def path(self) -> str:
        return f"/cap/{connection.tenant.instance_number}/{PHONE_SYSTEM}/cancel/"
