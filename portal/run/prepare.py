"""What stands before serving: reachable databases, migrations, the first operator, static files, demo data."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

import psycopg
import redis

from portal.run.console import ROOT, Refusal, _, complain, last_lines, timed
from portal.run.folder import DataFolder
from portal.run.processes import ends_with_parent

OLDEST_POSTGRES = 16


class Management:
    """Runs `manage.py` commands for one installation; what they print goes to a log in the data folder."""

    def __init__(self, folder: DataFolder, environment: dict[str, str]) -> None:
        self.folder = folder
        self.environment = environment
        self.log = folder.log / "prepare.log"

    def start(self, *arguments: str, output: int | IO[bytes] = subprocess.PIPE) -> subprocess.Popen:
        """Start a command; what it prints can be read from `stdout` when nothing else is said."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=self.log.open("ab"),
            text=True,
            start_new_session=True,  # Ctrl-C is answered by the launcher, not by a trace of the command
            preexec_fn=ends_with_parent(signal.SIGTERM),
        )

    def finish(self, process: subprocess.Popen) -> None:
        """Wait for a started command. Raises Refusal with the end of the log when it fails."""
        try:
            process.wait()
        except BaseException:
            process.terminate()
            process.wait()
            raise
        if process.returncode != 0:
            command = " ".join(str(part) for part in process.args[1:])
            raise Refusal(
                _("{command} failed; the end of {log}:").format(command=command, log=self.log)
                + f"\n{last_lines(self.log)}"
            )

    def start_logged(self, *arguments: str) -> subprocess.Popen:
        """Start a command that is to be waited for with `finish`."""
        return self.start(*arguments, output=self.log.open("ab"))

    def run(self, *arguments: str) -> None:
        """Run a command to its end."""
        self.finish(self.start_logged(*arguments))


def prepare_installation(folder: DataFolder, environment: dict[str, str], *, demo: bool) -> None:
    """Migrate, make the first operator on the first start, collect static files when they changed, add demo data when
    asked to. Raises Refusal when one of them fails."""
    manage = Management(folder, environment)
    manage.log.write_bytes(b"")
    fingerprint = static_fingerprint()
    collected = folder.run / "static"
    stale = not collected.exists() or collected.read_text() != fingerprint
    collecting = manage.start_logged("collectstatic", "--no-input", "--verbosity", "0") if stale else None
    with timed(_("Bring the database up to date")):
        manage.run("upgrade")
    initialised = folder.run / "initialised"
    if not initialised.exists():
        with timed(_("Make the management instance")):
            manage.run("init")
        initialised.touch()
    if collecting:
        with timed(_("Collect static files")):
            manage.finish(collecting)
        collected.write_text(fingerprint)
    if demo:
        with timed(_("Add demo data")):
            manage.run("demo")


def addresses_to_show(folder: DataFolder, environment: dict[str, str]) -> subprocess.Popen:
    """Start asking Django for the addresses; `read_addresses` takes the answer."""
    return Management(folder, environment).start("where", "--json")


def read_addresses(process: subprocess.Popen) -> dict:
    """What `manage.py where --json` answered; empty when it failed, because the portal serves all the same."""
    output, _errors = process.communicate()
    return json.loads(output) if process.returncode == 0 else {}


def static_fingerprint() -> str:
    """Changes whenever a static file or an installed package changes."""
    digest = hashlib.sha256((ROOT / "bin" / "requirements" / "base.txt").read_bytes())
    for file in sorted((ROOT / "static").rglob("*")):
        facts = file.stat()
        digest.update(f"{file.relative_to(ROOT)} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def check_database(url: str) -> None:
    """Raise Refusal when the database of DATABASE_URL does not answer or is older than PostgreSQL 16."""
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            major = connection.info.server_version // 10000
    except psycopg.Error as fault:
        reason = str(fault).strip().splitlines()[-1]
        raise Refusal(_("The database of DATABASE_URL does not answer: {reason}").format(reason=reason)) from fault
    if major < OLDEST_POSTGRES:
        raise Refusal(
            _("The database of DATABASE_URL is PostgreSQL {major}; {oldest} or later is needed.").format(
                major=major, oldest=OLDEST_POSTGRES
            )
        )


def check_redis(url: str) -> None:
    """Warn when the server of REDIS_URL does not answer: pages work without it, and jobs start when it is back."""
    try:
        with redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2) as connection:
            connection.ping()
    except (redis.RedisError, ValueError) as fault:
        complain(
            _("The server of REDIS_URL does not answer: pages work, jobs wait until it does. ({reason})").format(
                reason=fault
            )
        )


def default_folder() -> Path:
    """Where data goes when nothing else is said."""
    return Path(os.environ.get("PORTAL_DATA") or ROOT / "var")
