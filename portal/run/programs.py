"""The programs of one installation, as the supervisor starts them."""

import os
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from portal.run.console import ROOT
from portal.run.folder import DataFolder
from portal.run.server import Server

PORTAL_PRIORITY = 30
QUEUES = "provision,bulk,mail,default"


@dataclass(frozen=True)
class Program:
    """One supervised process. Lower `priority` starts earlier and stops later."""

    name: str
    command: list[str]
    log: Path
    priority: int
    stop_signal: str = "TERM"
    stop_seconds: int = 10
    user: str | None = None
    tries: int = 3
    directory: Path = ROOT

    def section(self) -> str:
        """Its part of the supervisor's configuration. A server that stops at its start is tried again, each
        time a second later: four times are ten seconds."""
        lines = [
            f"[program:{self.name}]",
            f"command={_escaped(shlex.join(self.command))}",
            f"directory={_escaped(str(self.directory))}",
            f"priority={self.priority}",
            "autostart=false",
            "autorestart=true",
            "startsecs=1",
            f"startretries={self.tries}",
            f"stopsignal={self.stop_signal}",
            f"stopwaitsecs={self.stop_seconds}",
            "stopasgroup=false",
            "killasgroup=true",
            "redirect_stderr=true",
            f"stdout_logfile={_escaped(str(self.log))}",
            "stdout_logfile_maxbytes=10MB",
            "stdout_logfile_backups=3",
        ]
        if self.user:
            lines.append(f"user={self.user}")
        return "\n".join(lines)


def server_program(server: Server) -> Program:
    """One embedded server."""
    return Program(
        server.name,
        server.command(),
        server.log,
        priority=server.priority,
        stop_signal=server.stop_signal,
        stop_seconds=server.stop_seconds,
        user=server.user,
        tries=4,  # after a crash PostgreSQL refuses until the system has buried its predecessor
        directory=Path("/"),
    )


def portal_programs(folder: DataFolder, port: int) -> list[Program]:
    """The portal's own processes: pages, workers, the clock that ticks the sweeper and the schedule, and whoever
    follows the PBXs (a simulator, too)."""
    celery = [sys.executable, "-m", "celery", "-A", "portal.celery"]
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    web += ["--workers", str(min(2, os.cpu_count() or 1)), "--blocking-threads", "4"]
    web += ["--respawn-failed-workers", "--workers-kill-timeout", "5", "--no-ws", "portal.wsgi:application"]
    worker = [*celery, "worker", "--queues", QUEUES, "--concurrency", "2", "--max-tasks-per-child", "200"]
    worker += ["--without-gossip", "--without-mingle", "--loglevel", "INFO"]
    beat = [*celery, "beat", "--schedule", str(folder.run / "beat-schedule"), "--pidfile=", "--loglevel", "INFO"]
    pbx = [sys.executable, str(ROOT / "manage.py"), "pbx"]
    return [
        Program("web", web, folder.log / "web.log", priority=PORTAL_PRIORITY),
        Program("worker", worker, folder.log / "worker.log", priority=PORTAL_PRIORITY, stop_seconds=15),
        Program("beat", beat, folder.log / "beat.log", priority=PORTAL_PRIORITY),
        Program("pbx", pbx, folder.log / "pbx.log", priority=PORTAL_PRIORITY),
    ]


def _escaped(text: str) -> str:
    return text.replace("%", "%%")
