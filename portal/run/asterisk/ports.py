"""On which port telephones reach the PBX: the same at each start, as it stands in the telephones."""

import socket

from portal.run.console import Refusal, _
from portal.run.folder import DataFolder
from portal.run.processes import free_port

USUAL_SIP_PORT = 5060


def free_sip_port() -> int:
    """A port of the loopback address that is free for UDP and TCP."""
    while not _is_free(port := free_port()):
        pass
    return port


def sip_port_of(folder: DataFolder) -> int:
    """The port of the last start when it is still free, else 5060, else any free one; noted for the next start."""
    note = folder.run / "sip-port"
    wanted = [int(note.read_text())] if note.exists() else []
    port = next((port for port in [*wanted, USUAL_SIP_PORT] if _is_free(port)), None) or free_sip_port()
    note.write_text(str(port))
    return port


def refuse_taken_ports(sip_port: int, ami_port: int) -> None:
    """Raise Refusal when another program has one of them: Asterisk would start all the same, and not be reached."""
    for port, option in ((sip_port, "--port"), (ami_port, "--ami")):
        if not _is_free(port):
            raise Refusal(
                _("Port {port} is taken by another program: choose another one for Asterisk with {option}.").format(
                    port=port, option=option
                )
            )


def _is_free(port: int) -> bool:
    try:
        for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
            with socket.socket(type=kind) as probe:
                if kind == socket.SOCK_STREAM:
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True
