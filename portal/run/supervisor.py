"""The process supervisor: its configuration, starting it, and talking to it over its private socket."""

import os
import signal
import subprocess
import sys
import time
import xmlrpc.client
from contextlib import suppress
from typing import Any

from supervisor.xmlrpc import Faults, SupervisorTransport

from portal.run.console import ROOT, Refusal, _, last_lines
from portal.run.folder import DataFolder
from portal.run.processes import MARK, ends_with_parent
from portal.run.programs import PORTAL_PRIORITY, Program

GIVEN_UP = ("FATAL", "EXITED", "UNKNOWN")


class ServerStopped(Refusal):
    """One of the servers does not stay up."""


class Supervisor:
    """One supervisord for one data folder. Use it as a context: leaving it stops every program."""

    def __init__(self, folder: DataFolder, programs: list[Program], environment: dict[str, str]) -> None:
        self.folder = folder
        self.programs = {program.name: program for program in programs}
        self.environment = environment | {MARK: str(folder.path)}
        self.socket = folder.socket("supervisor.sock")
        self.process: subprocess.Popen | None = None

    def __enter__(self) -> "Supervisor":
        configuration = self.folder.run / "supervisord.conf"
        configuration.touch(mode=0o600)
        self.socket.unlink(missing_ok=True)
        configuration.write_text(self._configuration())
        self.process = subprocess.Popen(
            [sys.executable, "-m", "supervisor.supervisord", "--configuration", str(configuration)],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=(self.folder.log / "supervisord.err").open("wb"),
            start_new_session=True,  # Ctrl-C reaches the launcher alone, which then stops everything in order
            preexec_fn=ends_with_parent(signal.SIGTERM),
        )
        try:
            self._wait_for_socket()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_fault: object) -> None:
        if not self.alive():
            return
        # Left alone, the supervisor ends one program after the other; these two lots can end side by side.
        portal = [name for name, program in self.programs.items() if program.priority == PORTAL_PRIORITY]
        for names in (portal, [name for name in self.programs if name not in portal]):
            self._stop(names)
        if self.process:
            self.process.terminate()
            self.process.wait()
        self.socket.unlink(missing_ok=True)

    def alive(self) -> bool:
        """Whether the supervisor itself runs."""
        return self.process is not None and self.process.poll() is None

    def start(self, name: str) -> None:
        """Start one program without waiting for it."""
        try:
            self.remote.startProcess(name, False)
        except xmlrpc.client.Fault as fault:
            if fault.faultCode != Faults.ABNORMAL_TERMINATION:  # it has ended already, which `check` tells with its log
                raise

    def check(self, name: str) -> None:
        """Raise ServerStopped, with the end of its log, when the program has been given up."""
        if not self.alive():
            raise ServerStopped(_("The supervisor stopped; see {path}.").format(path=self.folder.log))
        if self.state(name) in GIVEN_UP:
            log = self.programs[name].log
            raise ServerStopped(
                _("The server {name} stopped at its start; the end of {log}:").format(name=name, log=log)
                + f"\n{last_lines(log)}"
            )

    def state(self, name: str) -> str:
        """RUNNING, STARTING, BACKOFF, STOPPED, FATAL ... as the supervisor calls it."""
        facts: Any = self.remote.getProcessInfo(name)
        return facts["statename"]

    @property
    def remote(self) -> Any:
        """The supervisor's own interface. New each time: a connection that failed once stays broken."""
        password = self.folder.secret("supervisor_password")
        transport = SupervisorTransport("portal", password, f"unix://{self.socket}")
        return xmlrpc.client.ServerProxy("http://127.0.0.1", transport=transport).supervisor

    def _wait_for_socket(self) -> None:
        deadline = time.monotonic() + 20
        while not self._answers():
            if not self.alive() or time.monotonic() > deadline:
                raise ServerStopped(
                    _("The supervisor did not start:") + f"\n{last_lines(self.folder.log / 'supervisord.err')}"
                )
            time.sleep(0.02)

    def _answers(self) -> bool:
        try:
            return bool(self.remote.getState())
        except OSError:
            return False

    def _stop(self, names: list[str]) -> None:
        deadline = time.monotonic() + max((self.programs[name].stop_seconds for name in names), default=0)
        for name in names:
            with suppress(xmlrpc.client.Fault, OSError):  # not running, or the supervisor has just ended
                self.remote.stopProcess(name, False)
        with suppress(xmlrpc.client.Fault, OSError):
            while any(self.state(name) == "STOPPING" for name in names) and time.monotonic() < deadline:
                time.sleep(0.1)

    def _configuration(self) -> str:
        password = self.folder.secret("supervisor_password")
        log = self.folder.log / "supervisord.log"
        head = [
            "[unix_http_server]",
            f"file={self.socket}",
            "chmod=0700",
            "username=portal",
            f"password={password}",
            "[supervisord]",
            f"logfile={log}",
            "logfile_maxbytes=5MB",
            f"pidfile={self.folder.run / 'supervisord.pid'}",
            f"childlogdir={self.folder.log}",
            "nodaemon=true",
            "silent=true",
            "minfds=256",
            "minprocs=50",
            *(["user=root"] if os.geteuid() == 0 else []),
            "[rpcinterface:supervisor]",
            "supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface",
        ]
        return "\n".join([line.replace("%", "%%") for line in head] + [p.section() for p in self.programs.values()])
