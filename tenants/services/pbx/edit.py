"""What operators change about a PBX (PBX-08: its secret is only written, never shown)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.db.clashes import refusing
from portal.core.errors import DomainError
from portal.core.versions import lock_version
from tenants.models import Pbx

FACTS = (
    "name",
    "kind",
    "host",
    "ami_port",
    "ami_user",
    "config_folder",
    "spool_folder",
    "sip_host",
    "sip_port",
    "transport",
    "enabled",
)
SECRET = "ami_secret"  # noqa: S105 - the name of a field


class PbxNameTaken(DomainError):
    """Two PBXs of one name could not be told apart."""


class NotReachable(DomainError):
    """Where and as whom the portal signs in to the PBX is missing."""


class FollowsSettings(DomainError):
    """The row of the installation's own PBX is written by the settings; another value would be gone at the start."""


@transaction.atomic
def create_pbx(*, facts: Mapping[str, Any]) -> Pbx:
    """Add a PBX; the first one is where new tenants go. `facts`: values for FACTS and SECRET.

    Raises PbxNameTaken and NotReachable.
    """
    pbx = Pbx(is_default=not Pbx.objects.exists())
    return _save(pbx, facts)


@transaction.atomic
def edit_pbx(*, pbx: Pbx, facts: Mapping[str, Any], version: int | None = None) -> Pbx:
    """Change a PBX; an empty or missing secret leaves the one that is there.

    Raises PbxNameTaken, NotReachable, FollowsSettings and ChangedMeanwhile.
    """
    locked = lock_version(Pbx, pbx.pk, version)
    if locked.of_installation:
        raise FollowsSettings(_("This PBX stands beside the portal and follows its settings (PORTAL_PBX_…)."))
    return _save(locked, facts)


@transaction.atomic
def switch_pbx(*, pbx: Pbx, enabled: bool) -> Pbx:
    """Enable or disable a PBX. Disabled: nothing is applied and nobody listens to it; its calls go on."""
    locked = Pbx.objects.select_for_update().get(pk=pbx.pk)
    if locked.enabled is not enabled:
        locked.enabled = enabled
        locked.version += 1
        locked.save(update_fields=["enabled", "version"])
    return locked


@transaction.atomic
def make_default(*, pbx: Pbx) -> Pbx:
    """New tenants go to this PBX from now on; those that are on another one stay there."""
    for other in Pbx.objects.select_for_update().filter(is_default=True).exclude(pk=pbx.pk).order_by("pk"):
        other.is_default = False
        other.save(update_fields=["is_default"])
    locked = Pbx.objects.select_for_update().get(pk=pbx.pk)
    locked.is_default = True
    locked.save(update_fields=["is_default"])
    return locked


def _save(pbx: Pbx, facts: Mapping[str, Any]) -> Pbx:
    for name in FACTS:
        if name in facts:
            setattr(pbx, name, facts[name])
    if facts.get(SECRET):
        pbx.ami_secret = facts[SECRET]
    if not pbx.is_simulator and not (pbx.host and pbx.ami_user):
        field = "host" if not pbx.host else "ami_user"
        raise NotReachable(_("Say where the portal reaches it and under which name it signs in."), field=field)
    with refusing(_refusals()):
        pbx.save()
    return pbx


def _refusals() -> dict[str, DomainError]:
    return {
        "pbx_name_once": PbxNameTaken(_("Another PBX already has this name."), field="name"),
        "pbx_can_be_reached": NotReachable(_("Use a host name or an address, such as 10.0.0.5."), field="host"),
    }
