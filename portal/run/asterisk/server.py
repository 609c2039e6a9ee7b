"""Asterisk as one more server of the launcher: its configuration, the command that runs it, and when it is ready."""

import secrets
import shutil
import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from portal.run.asterisk.configuration import event_filters, write_configuration, zone_messages
from portal.run.asterisk.home import prepare_home
from portal.run.asterisk.installed import Installed, asterisk, version_of
from portal.run.asterisk.ports import refuse_taken_ports
from portal.run.asterisk.probe import Probe
from portal.run.console import Refusal, _, complain, last_lines
from portal.run.folder import DataFolder
from portal.run.processes import MARK

AMI_USER = "portal"
READY_WITHIN = 60
TRANSPORTS = 2  # in etc/pjsip.conf
RTP_PORTS = (20000, 21999)
ZONES = Path("/usr/share/zoneinfo")


class Asterisk:
    """One PBX below a data folder, on the loopback address alone. `sip_port` is for UDP and TCP alike."""

    name = "asterisk"
    priority = 25
    stop_signal = "TERM"
    stop_seconds = 10
    user = None

    def __init__(self, folder: DataFolder, *, sip_port: int, ami_port: int, rtp: tuple[int, int] = RTP_PORTS) -> None:
        self.folder = folder
        self.sip_port = sip_port
        self.ami_port = ami_port
        self.rtp = rtp
        self.home = folder.path / "asterisk"
        self.etc = self.home / "etc"
        self.spool = self.home / "spool"
        self.log = folder.log / "asterisk.log"

    @cached_property
    def installed(self) -> Installed:
        """The programs, fetched the first time. Raises Refusal when they cannot be had."""
        return asterisk()

    @cached_property
    def version(self) -> str:
        """Such as "22.10.1"."""
        return version_of(self.installed)

    @property
    def secret_file(self) -> Path:
        """The file with the secret of the manager interface, readable by its owner alone."""
        self.folder.secret("pbx_ami")
        return self.folder.secrets / "pbx_ami"

    def settings(self) -> dict[str, str]:
        """The portal's settings that lead to this server."""
        return {
            "PORTAL_PBX_HOST": "127.0.0.1",
            "PORTAL_PBX_AMI_PORT": str(self.ami_port),
            "PORTAL_PBX_AMI_USER": AMI_USER,
            "PORTAL_PBX_AMI_SECRET_FILE": str(self.secret_file),
            "PORTAL_PBX_CONFIG_FOLDER": str(self.etc),
            "PORTAL_PBX_SPOOL_FOLDER": str(self.spool),
            "PORTAL_PBX_SIP_HOST": "127.0.0.1",
            "PORTAL_PBX_SIP_PORT": str(self.sip_port),
        }

    def command(self) -> list[str]:
        """The command that runs the server in the foreground, with nothing of the portal's environment: no dialplan
        can read the portal's secrets. Time is UTC everywhere, as events carry no zone."""
        clean = [f"{MARK}={self.folder.path}", "TZ=UTC", "LC_ALL=C.UTF-8", f"HOME={self.home}", "PATH=/usr/bin:/bin"]
        program = self.installed.program("asterisk")
        return [shutil.which("env") or "env", "-i", *clean, *program, "-C", str(self.etc / "asterisk.conf"), "-f", "-n"]

    def prepare(self) -> None:
        """Fetch the programs the first time and write the configuration; what the portal rendered and what telephones
        left stays. Raises Refusal."""
        refuse_taken_ports(self.sip_port, self.ami_port)
        prepare_home(self.home, self.installed)
        write_configuration(
            self.etc,
            {
                "etc": str(self.etc),
                "home": str(self.home),
                "root": str(self.installed.root).rstrip("/"),
                "modules": str(self.installed.library_folder("asterisk/modules")),
                "run": str(self.folder.socket("asterisk.ctl").parent),
                "system_name": self._system_name(),
                "sip_port": str(self.sip_port),
                "rtp_start": str(self.rtp[0]),
                "rtp_end": str(self.rtp[1]),
                "ami_port": str(self.ami_port),
                "ami_user": AMI_USER,
                "ami_secret": self.folder.secret("pbx_ami"),
                "event_filters": event_filters(self.version),
                "zones": zone_messages(),
            },
        )
        if not (ZONES / "Europe/Berlin").exists():
            complain(_("This machine has no time zones (on Debian: apt-get install tzdata): its hours are UTC."))

    def open(self, still_running: Callable[[], None]) -> None:
        """Wait until it says that everything is loaded; `still_running` raises when waiting is pointless."""
        deadline = time.monotonic() + READY_WITHIN
        while True:
            still_running()
            try:
                with self.probe() as probe:
                    probe.wait_for("FullyBooted")
                    self._refuse_deafness(probe)
                return
            except PermissionError as fault:
                raise Refusal(_("Asterisk refuses the portal's secret: {reason}").format(reason=fault)) from fault
            except OSError as fault:
                if time.monotonic() > deadline:
                    raise Refusal(_("Asterisk does not answer: {reason}").format(reason=fault)) from fault
            time.sleep(0.02)

    def probe(self) -> Probe:
        """A connection to its manager interface. Raises OSError when it does not answer."""
        return Probe(self.ami_port, AMI_USER, self.folder.secret("pbx_ami"))

    def _refuse_deafness(self, probe: Probe) -> None:
        """Asterisk goes on without a transport whose port somebody else took in the meantime."""
        told = probe.ask("Command", Command="pjsip show transports").get("Output", "")
        if f"Objects found: {TRANSPORTS}" not in told:
            raise Refusal(
                _("Asterisk could not listen on port {port}; the end of {log}:").format(
                    port=self.sip_port, log=self.log
                )
                + f"\n{last_lines(self.log)}"
            )

    def _system_name(self) -> str:
        """What the ids of its calls begin with: another one for each data folder, and the same at each start."""
        note = self.home / "system-name"
        if not note.exists():
            note.write_text(f"pbx-{secrets.token_hex(3)}")
        return note.read_text()
