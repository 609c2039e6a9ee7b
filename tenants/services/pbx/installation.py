"""The PBX that the launcher starts beside the portal, and the simulator of a demonstration."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from tenants.door import inside_management
from tenants.models import Pbx, PbxKind
from tenants.services.pbx.edit import make_default
from tenants.services.pbx.places import move_tenants

SIMULATOR = "Simulator"


def follow_settings(*, at: datetime) -> Pbx | None:
    """Make the row of the installation's own PBX say what the settings say; None where they name no PBX.

    It takes the place of a simulator: its tenants move, and the simulator is switched off. Safe to run again.
    """
    if not settings.PORTAL_PBX_HOST:
        return None
    with inside_management(), transaction.atomic():
        pbx = Pbx.objects.select_for_update().filter(of_installation=True).first()
        pbx = pbx or Pbx(of_installation=True, name=_free_name())
        if _take(pbx):
            pbx.save()
        simulators = list(Pbx.objects.filter(kind=PbxKind.SIMULATOR, enabled=True).order_by("pk"))
        if not Pbx.objects.filter(is_default=True).exclude(kind=PbxKind.SIMULATOR).exists():
            pbx = make_default(pbx=pbx)
        for simulator in simulators:
            move_tenants(before=simulator, after=pbx, at=at)
            simulator.enabled = False
            simulator.save(update_fields=["enabled"])
        return pbx


def ensure_simulator() -> Pbx:
    """A simulator to try the portal with, unless there is a PBX already; returns the default one."""
    with inside_management(), transaction.atomic():
        default = Pbx.objects.filter(is_default=True).first()
        return default or Pbx.objects.create(name=SIMULATOR, kind=PbxKind.SIMULATOR, is_default=True)


def _take(pbx: Pbx) -> bool:
    """Set what the settings say; whether anything differs."""
    wanted = {
        "kind": PbxKind.MANAGED,
        "host": settings.PORTAL_PBX_HOST,
        "ami_port": settings.PORTAL_PBX_AMI_PORT,
        "ami_user": settings.PORTAL_PBX_AMI_USER,
        "ami_secret": settings.PORTAL_PBX_AMI_SECRET,
        "config_folder": settings.PORTAL_PBX_CONFIG_FOLDER,
        "spool_folder": settings.PORTAL_PBX_SPOOL_FOLDER,
        "sip_host": settings.PORTAL_PBX_SIP_HOST,
        "sip_port": settings.PORTAL_PBX_SIP_PORT,
        "transport": settings.PORTAL_PBX_TRANSPORT,
    }
    differing = {name: value for name, value in wanted.items() if getattr(pbx, name) != value}
    for name, value in differing.items():
        setattr(pbx, name, value)
    if pbx.pk is not None and differing:
        pbx.version += 1
    return pbx.pk is None or bool(differing)


def _free_name() -> str:
    taken = set(Pbx.objects.values_list("name", flat=True))
    names = ["Asterisk", *(f"Asterisk {number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)
