"""The PBX that this installation starts with, told by the environment. Without PORTAL_PBX_HOST there is none."""

from dataclasses import dataclass, field
from pathlib import Path

from portal.environment import Environment, data_folder
from portal.settings.installation import PORTAL_BASE_DOMAIN, env


@dataclass(frozen=True, slots=True)
class PbxServer:
    """One Asterisk that reads what the portal writes.

    `etc` is its configuration folder, into which the portal renders `tenants/` and `shared/`; `spool` holds voicemail,
    and is None where the portal cannot read it. `sip_host` and `sip_port` are what people are told to register at.
    """

    host: str
    ami_port: int
    ami_user: str
    ami_secret: str = field(repr=False)
    etc: Path
    spool: Path | None
    sip_host: str
    sip_port: int


def read_pbx(env: Environment) -> PbxServer | None:
    """The PBX that the environment names; what is missing of it is a fault told with the others."""
    host = env.read("PBX_HOST", default="")
    if not host:
        return None
    etc, spool = env.read("PBX_ETC"), env.read("PBX_SPOOL", default="")
    return PbxServer(
        host=host,
        ami_port=env.read("PBX_AMI_PORT", "int", default=5038),
        ami_user=env.read("PBX_AMI_USER", default="portal"),
        ami_secret=env.read("PBX_AMI_SECRET"),
        etc=data_folder(etc or "."),
        spool=data_folder(spool) if spool else None,
        sip_host=env.read("PBX_SIP_HOST", default=PORTAL_BASE_DOMAIN),
        sip_port=env.read("PBX_SIP_PORT", "int", default=5060),
    )


PORTAL_PBX = read_pbx(env)
