"""Where telephones find the PBX: its name or number in the network, beside the tenant's own domain."""

from dataclasses import dataclass
from typing import Literal, cast

from django.conf import settings

Transport = Literal["udp", "tcp", "tls"]
TRANSPORTS: tuple[Transport, ...] = ("udp", "tcp", "tls")


@dataclass(frozen=True, slots=True)
class SipAddress:
    """`host` is empty where the tenant's own domain leads to the PBX and telephones need no proxy."""

    host: str = ""
    port: int = 5060
    transport: Transport = "udp"


def sip_address() -> SipAddress:
    """The PBX of this installation, from PORTAL_PBX_SIP_HOST, PORTAL_PBX_SIP_PORT and PORTAL_PBX_TRANSPORT."""
    transport = str(getattr(settings, "PORTAL_PBX_TRANSPORT", "udp")).lower()
    return SipAddress(
        host=str(getattr(settings, "PORTAL_PBX_SIP_HOST", "")),
        port=int(getattr(settings, "PORTAL_PBX_SIP_PORT", 5060)),
        transport=cast("Transport", transport if transport in TRANSPORTS else "udp"),
    )
