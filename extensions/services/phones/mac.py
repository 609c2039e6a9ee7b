"""MAC addresses as people write them: 80:5E:C0:12:34:56, 80-5e-c0-12-34-56, 805e.c012.3456, 805EC0123456."""

import re

from django.utils.translation import gettext as _

from portal.core.errors import DomainError

_SHAPES = re.compile(
    r"[0-9a-f]{12}|([0-9a-f]{2}:){5}[0-9a-f]{2}|([0-9a-f]{2}-){5}[0-9a-f]{2}|([0-9a-f]{2} ){5}[0-9a-f]{2}"
    r"|([0-9a-f]{4}\.){2}[0-9a-f]{4}|[0-9a-f]{6}[:-][0-9a-f]{6}"
)


class NotAMac(DomainError):
    """What was typed is no address of one telephone."""


def to_mac(text: str, *, field: str = "mac") -> str:
    """`text` as twelve small hexadecimal digits. Raises NotAMac on `field`; groups' addresses are none."""
    typed = " ".join(text.split()).lower()
    if not _SHAPES.fullmatch(typed):
        raise NotAMac(_("Type the twelve digits of the label, for example 80:5E:C0:12:34:56."), field=field)
    mac = re.sub(r"[^0-9a-f]", "", typed)
    if int(mac[:2], 16) & 1 or mac == "000000000000":
        raise NotAMac(_("This address cannot belong to a telephone. Look at its label again."), field=field)
    return mac


def for_people(mac: str) -> str:
    """`805ec0123456` as `80:5E:C0:12:34:56`."""
    return ":".join(mac[at : at + 2] for at in range(0, 12, 2)).upper()
