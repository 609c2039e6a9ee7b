"""Where telephones find the PBX: its name or number in the network, beside the tenant's own domain."""

from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, Q

from tenants.door import inside_management
from tenants.models import AppliedVersion, Pbx


@dataclass(frozen=True, slots=True)
class SipAddress:
    """`host` is empty where the tenant's own domain leads to the PBX and telephones need no proxy.

    `transport` is udp, tcp or tls.
    """

    host: str = ""
    port: int = 5060
    transport: str = "udp"


def sip_address() -> SipAddress:
    """The PBX of the active tenant: the one it is on, else the default one, else what the environment says.

    One query, as the platform: no tenant's role may see a PBX.
    """
    here = AppliedVersion.objects.filter(tenant=connection.tenant.pk, pbx=OuterRef("pk"))
    with inside_management():
        known = Pbx.objects.annotate(here=Exists(here)).filter(Q(here=True) | Q(is_default=True), enabled=True)
        found = known.order_by("-here").values_list("sip_host", "sip_port", "transport").first()
    if found is not None:
        return SipAddress(*found)
    return SipAddress(settings.PORTAL_PBX_SIP_HOST, settings.PORTAL_PBX_SIP_PORT, settings.PORTAL_PBX_TRANSPORT)
