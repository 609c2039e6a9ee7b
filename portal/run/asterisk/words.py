"""The PBX in the words of the launcher."""

from collections.abc import Mapping

from portal.run.console import _


def pbx_in_words(environment: Mapping[str, str]) -> str | None:
    """One line about the PBX that these settings name; None when they name none."""
    host = environment.get("PORTAL_PBX_HOST")
    if not host:
        return None
    return _("telephones at {sip_host}:{sip_port}, manager at {host}:{ami_port}, configuration in {etc}").format(
        sip_host=environment.get("PORTAL_PBX_SIP_HOST", host),
        sip_port=environment.get("PORTAL_PBX_SIP_PORT", "5060"),
        host=host,
        ami_port=environment.get("PORTAL_PBX_AMI_PORT", "5038"),
        etc=environment.get("PORTAL_PBX_CONFIG_FOLDER", ""),
    )
