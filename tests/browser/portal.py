"""A whole portal on its own database: web, worker, beat and PBX follower as real processes, with mail into a folder."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 120.0  # seconds, on a machine that does much else
PROGRAMS = ("web", "worker", "beat", "pbx")


@dataclass(frozen=True, slots=True)
class Portal:
    """A running portal. Hosts end in `.localhost`; the browser resolves them to this machine."""

    port: int
    mail: Path

    def url(self, host: str, path: str = "/") -> str:
        return f"http://{host}:{self.port}{path}"

    def mail_to(self, recipient: str, *, containing: str = "", timeout: float = PATIENCE) -> str:
        """The text of the newest mail to `recipient` that has `containing` in it; waits for it."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            for file in sorted(self.mail.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True):
                message = message_from_bytes(file.read_bytes(), policy=policy.default)
                body = message.get_body(("plain",)) if message.is_multipart() else message
                text = body.get_content() if body else ""
                if recipient in str(message["To"]) and containing in f"{message['Subject']}\n{text}":
                    return text
            time.sleep(0.2)
        raise AssertionError(f"no mail to {recipient} with {containing!r} within {timeout} s")

    def link_in(self, text: str, path: str) -> str:
        """The first address in a mail whose path has `path` in it."""
        found = re.search(rf"https?://\S*{re.escape(path)}\S*", text)
        assert found, f"no link with {path} in:\n{text}"
        return found.group().rstrip(".,)>")


@contextmanager
def running_portal(folder: Path, *, programs: tuple[str, ...] = PROGRAMS) -> Iterator[Portal]:
    """Start the processes of a one-machine installation against `DATABASE_URL` and `REDIS_URL`; stop them after."""
    port = _free_port()
    environment = {
        **os.environ,
        "PORTAL_PORT": str(port),
        "PORTAL_DATA": str(folder),
        "PORTAL_SWEEP_SECONDS": "1",
        "PORTAL_LEASE_SECONDS": "4",
    }
    (folder / "mail").mkdir(parents=True)
    (folder / "static").symlink_to(Path(os.environ["PORTAL_DATA"]) / "static")
    celery = [sys.executable, "-m", "celery", "-A", "portal.celery"]
    commands = {
        "web": [
            "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
            "--blocking-threads", "4", "portal.wsgi:application",
        ],
        "worker": [*celery, "worker", "--pool=prefork", "--concurrency=1", "-Q", "provision,bulk,mail,default"],
        "beat": [*celery, "beat", "--schedule", str(folder / "beat")],
        "pbx": [sys.executable, "manage.py", "pbx"],
    }  # fmt: skip
    commands["web"][0] = str(Path(sys.executable).parent / "granian")
    processes = []
    try:
        for name in programs:
            log = (folder / f"{name}.log").open("wb")
            processes.append(subprocess.Popen(commands[name], cwd=ROOT, env=environment, stdout=log, stderr=log))
        _wait_for(f"http://127.0.0.1:{port}/livez", folder / "web.log")
        yield Portal(port, folder / "mail")
    finally:
        for process in processes:
            process.terminate()
        _wait_for_the_end_of(processes)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for_the_end_of(processes: list[subprocess.Popen]) -> None:
    """Each ends by itself, or is ended before that is complained about: none is left behind."""
    try:
        for process in processes:
            process.wait(timeout=20)
    finally:
        for process in processes:
            if process.poll() is None:
                process.kill()
                process.wait()


def _wait_for(url: str, log: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=1):  # noqa: S310 - our own loopback server
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the portal did not start:\n{log.read_text()[-3000:]}")
