"""The PBX that stands beside this installation, told by the environment. Without PORTAL_PBX_HOST there is none."""

from typing import NamedTuple

from portal.environment import Environment
from portal.settings.installation import env

TRANSPORTS = ("udp", "tcp", "tls")


class PbxSettings(NamedTuple):
    """One Asterisk that reads what the portal writes: its manager interface, the folders that the portal reaches, and
    what people are told to register at."""

    host: str
    ami_port: int
    ami_user: str
    ami_secret: str
    config_folder: str
    spool_folder: str
    sip_host: str
    sip_port: int
    transport: str


def read_pbx(env: Environment) -> PbxSettings:
    """What the environment says. With a host, what else the portal needs is missed where it is not there: the secret
    and the configuration folder."""
    host = env.read("PBX_HOST", default="").lower()
    needed = {} if host else {"default": ""}
    transport = env.read("PBX_TRANSPORT", default="udp").lower()
    if transport not in TRANSPORTS:
        env.faults.append(f"PORTAL_PBX_TRANSPORT: say one of {', '.join(TRANSPORTS)}")
    return PbxSettings(
        host=host,
        ami_port=env.read("PBX_AMI_PORT", "int", default=5038),
        ami_user=env.read("PBX_AMI_USER", default="portal"),
        ami_secret=env.read("PBX_AMI_SECRET", **needed),
        config_folder=env.read("PBX_CONFIG_FOLDER", **needed),
        spool_folder=env.read("PBX_SPOOL_FOLDER", default=""),
        sip_host=env.read("PBX_SIP_HOST", default=host),
        sip_port=env.read("PBX_SIP_PORT", "int", default=5060),
        transport=transport,
    )


_pbx = read_pbx(env)
PORTAL_PBX_HOST = _pbx.host
PORTAL_PBX_AMI_PORT = _pbx.ami_port
PORTAL_PBX_AMI_USER = _pbx.ami_user
PORTAL_PBX_AMI_SECRET = _pbx.ami_secret
PORTAL_PBX_CONFIG_FOLDER = _pbx.config_folder
PORTAL_PBX_SPOOL_FOLDER = _pbx.spool_folder
PORTAL_PBX_SIP_HOST = _pbx.sip_host
PORTAL_PBX_SIP_PORT = _pbx.sip_port
PORTAL_PBX_TRANSPORT = _pbx.transport
