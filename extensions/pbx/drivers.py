"""The driver of a PBX, by its kind (PBX-12)."""

from dataclasses import dataclass, field

from django.utils.module_loading import import_string

from extensions.pbx.driver import PbxDriver
from tenants.models import Pbx, PbxKind

# Each takes the facts below, keeps no connection of its own before it is asked for something, and needs no database.
DRIVERS: dict[str, str] = {
    PbxKind.MANAGED: "extensions.pbx.asterisk.managed.AsteriskManaged",
    PbxKind.SIMULATOR: "extensions.pbx.simulator.driver.Simulator",
}


@dataclass(frozen=True, slots=True)
class PbxFacts:
    """How to reach a PBX. The secret never appears in a text made of this."""

    id: int
    name: str
    kind: str
    host: str = ""
    ami_port: int = 5038
    ami_user: str = ""
    ami_secret: str = field(default="", repr=False)
    config_folder: str = ""
    spool_folder: str = ""
    sip_host: str = ""
    sip_port: int = 5060
    transport: str = "udp"


def facts_of(pbx: Pbx) -> PbxFacts:
    """What a driver needs to know, taken from the row."""
    return PbxFacts(**{name: getattr(pbx, name) for name in PbxFacts.__slots__})


def driver_of(facts: PbxFacts) -> PbxDriver:
    """A driver for this PBX."""
    driver: PbxDriver = import_string(DRIVERS[facts.kind])(facts)
    return driver
