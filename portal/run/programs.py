"""The programs of one installation, as the supervisor starts them."""

import os
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from portal.run.console import ROOT
from portal.run.folder import DataFolder
from portal.run.postgres import Postgres
from portal.run.valkey import Valkey

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
    directory: Path = ROOT

    def section(self) -> str:
        """Its part of the supervisor's configuration. A server that stops at its start is tried again for ten
        seconds: after a crash PostgreSQL refuses until the system has buried its predecessor."""
        lines = [
            f"[program:{self.name}]",
            f"command={_escaped(shlex.join(self.command))}",
            f"directory={_escaped(str(self.directory))}",
            f"priority={self.priority}",
            "autostart=false",
            "autorestart=true",
            "startsecs=1",
            "startretries=4",
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


def database(server: Postgres) -> Program:
    """The embedded PostgreSQL. It is never killed by force soon: it needs time to write what it holds."""
    return Program(
        "postgres",
        server.command(),
        server.log,
        priority=10,
        stop_signal=server.stop_signal,
        stop_seconds=60,
        user=server.identity.user,
        directory=Path("/"),
    )


def broker(server: Valkey) -> Program:
    """The embedded Valkey."""
    return Program("valkey", server.command(), server.log, priority=20, stop_signal=server.stop_signal)


def portal_programs(folder: DataFolder, port: int) -> list[Program]:
    """The portal's own processes: pages, workers, and the clock that ticks the sweeper and the schedule."""
    celery = [sys.executable, "-m", "celery", "-A", "portal.celery"]
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    web += ["--workers", str(min(2, os.cpu_count() or 1)), "--blocking-threads", "4"]
    web += ["--respawn-failed-workers", "--workers-kill-timeout", "5", "--no-ws", "portal.wsgi:application"]
    worker = [*celery, "worker", "--queues", QUEUES, "--concurrency", "2", "--max-tasks-per-child", "200"]
    worker += ["--without-gossip", "--without-mingle", "--loglevel", "INFO"]
    beat = [*celery, "beat", "--schedule", str(folder.run / "beat-schedule"), "--pidfile=", "--loglevel", "INFO"]
    return [
        Program("web", web, folder.log / "web.log", priority=30),
        Program("worker", worker, folder.log / "worker.log", priority=30, stop_seconds=15),
        Program("beat", beat, folder.log / "beat.log", priority=30),
    ]


def _escaped(text: str) -> str:
    return text.replace("%", "%%")
