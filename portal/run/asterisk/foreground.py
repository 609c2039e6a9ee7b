"""`bin/asterisk`: fetches an Asterisk, says where it is, and runs it alone."""

import time
from pathlib import Path

from portal.run.asterisk.bundle import ASTERISK, SIP_TOOLS
from portal.run.asterisk.cache import cache_folder, forget
from portal.run.asterisk.installed import asterisk, version_of
from portal.run.asterisk.ports import sip_port_of
from portal.run.asterisk.server import Asterisk
from portal.run.console import _, block, say
from portal.run.folder import DataFolder
from portal.run.processes import end_left_behind, free_port, stop_at_signals
from portal.run.servers import running


def show() -> int:
    """Print version and folder, after fetching when there is none. Raises Refusal."""
    found = asterisk()
    say(f"Asterisk {version_of(found)}\n{found.root}")
    return 0


def remove() -> int:
    """Remove what was fetched, so that the next start fetches the newest version."""
    removed = [forget(bundle) for bundle in (ASTERISK, SIP_TOOLS)]
    say(
        _("Removed from {path}.").format(path=cache_folder())
        if any(removed)
        else _("There is nothing in {path}.").format(path=cache_folder())
    )
    return 0


def run(*, data: Path, sip_port: int | None, ami_port: int | None) -> int:
    """Run one until a signal comes; returns the exit code. Raises Refusal when it cannot start."""
    stop_at_signals()
    folder = DataFolder(data)
    folder.prepare()
    with folder.locked():
        end_left_behind(folder)
        server = Asterisk(folder, sip_port=sip_port or sip_port_of(folder), ami_port=ami_port or free_port())
        began = time.monotonic()
        try:
            with running(server) as process:
                say(_("Asterisk {version} is ready.").format(version=server.version))
                block(_facts(server, time.monotonic() - began))
                return process.wait()
        except KeyboardInterrupt:
            say(_("Stopped."))
    return 0


def _facts(server: Asterisk, seconds: float) -> list[tuple[str, str]]:
    return [
        (_("Telephones"), f"127.0.0.1:{server.sip_port} (UDP, TCP)"),
        (_("Manager"), f"127.0.0.1:{server.ami_port}"),
        (_("  its user"), f"portal, {server.secret_file}"),
        (_("Configuration"), str(server.etc)),
        (_("Log"), str(server.log)),
        (_("Started in"), f"{seconds:.1f} s"),
        (_("Stop"), _("Ctrl-C")),
    ]
