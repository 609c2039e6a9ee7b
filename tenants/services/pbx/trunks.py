"""Ways from a PBX to the outside (PBX-08: passwords are only written, never shown)."""

import re
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from portal.core.db.clashes import refusing
from portal.core.errors import DomainError
from portal.core.versions import lock_version
from tenants.models import Pbx, Trunk

FACTS = ("name", "host", "port", "transport", "username", "match_addresses", "enabled", "emergency")


class TrunkNameTaken(DomainError):
    """Two trunks of one PBX must differ by name."""


class BadAddress(DomainError):
    """The address has a shape that leads nowhere."""


@transaction.atomic
def add_trunk(*, pbx: Pbx, facts: Mapping[str, Any]) -> Trunk:
    """Add a trunk at the end of the order; `facts` holds values for FACTS and `secret`.

    Raises TrunkNameTaken and BadAddress.
    """
    Pbx.objects.select_for_update().get(pk=pbx.pk)
    last = Trunk.objects.filter(pbx=pbx).aggregate(last=Max("position"))["last"]
    return _save(Trunk(pbx=pbx, position=0 if last is None else last + 1), facts)


@transaction.atomic
def edit_trunk(*, trunk: Trunk, facts: Mapping[str, Any], version: int | None = None) -> Trunk:
    """Change a trunk; an empty password leaves the one that is there. Raises TrunkNameTaken, BadAddress,
    ChangedMeanwhile."""
    return _save(lock_version(Trunk, trunk.pk, version), facts)


@transaction.atomic
def delete_trunk(*, trunk: Trunk) -> None:
    """Take a trunk away; calls that would leave by it take the next one."""
    trunk.delete()


_MATCHES = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:/-]{0,252}")


def _save(trunk: Trunk, facts: Mapping[str, Any]) -> Trunk:
    for name in FACTS:
        if name in facts:
            setattr(trunk, name, facts[name])
    if not all(_MATCHES.fullmatch(one) for one in trunk.match_addresses):
        message = _("Use addresses or networks, such as 203.0.113.5 or 203.0.113.0/28, divided by commas.")
        raise BadAddress(message, field="match_addresses")
    if facts.get("secret"):
        trunk.secret = facts["secret"]
    with refusing(_refusals()):
        trunk.save()
    return trunk


def _refusals() -> dict[str, DomainError]:
    return {
        "trunk_name_once": TrunkNameTaken(_("Another trunk of this PBX already has this name."), field="name"),
        "trunk_host_shape": BadAddress(_("Use a host name or an address, such as sip.example.com."), field="host"),
    }
