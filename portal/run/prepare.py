"""What stands before serving: reachable databases, migrations, the first operator, static files, demo data."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import redis

from portal.run import fingerprints
from portal.run.console import REFUSED, ROOT, Refusal, _, complain, last_lines, timed
from portal.run.folder import DataFolder
from portal.run.processes import ends_with_parent

OLDEST_POSTGRES = 16


def nothing_to_prepare(folder: DataFolder) -> bool:
    """Whether the same program prepared this folder's own database before, so that pages may be served at once."""
    return (
        "DATABASE_URL" not in os.environ
        and fingerprints.is_remembered(folder, "code", fingerprints.of_code())
        and not _static_files_are_stale(folder)
    )


def prepare_installation(folder: DataFolder, environment: dict[str, str], *, demo: bool) -> dict[str, Any]:
    """Migrate, make what a new installation lacks, collect static files when they changed, add demo data when asked
    to. Returns what `manage.py where --json` tells. Raises Refusal when one of them fails."""
    log, static_log = folder.log / "prepare.log", folder.log / "static.log"
    code, static = fingerprints.of_code(), fingerprints.of_static_files()
    stale = _static_files_are_stale(folder)
    commands = ["upgrade", "init", "create_operator", *(["demo"] if demo else []), "where"]
    with ExitStack() as started:
        collecting = started.enter_context(_django(["collectstatic"], environment, static_log)) if stale else None
        preparing = started.enter_context(_django(commands, environment, log))
        with timed(_("Bring the database up to date")):
            where = _output(preparing, " ".join(commands), log)
        if collecting:
            with timed(_("Collect static files")):
                _output(collecting, "collectstatic", static_log)
    fingerprints.remember(folder, "static", static)
    fingerprints.remember(folder, "code", code)
    return json.loads(where)


def _static_files_are_stale(folder: DataFolder) -> bool:
    collected = (folder.static / "staticfiles.json").exists()
    return not (collected and fingerprints.is_remembered(folder, "static", fingerprints.of_static_files()))


@contextmanager
def _django(commands: list[str], environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen]:
    """A process that runs these commands, ended when the block ends before it."""
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "portal.run.commands", *commands],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,  # Ctrl-C is answered by the launcher, not by a trace of the command
            preexec_fn=ends_with_parent(signal.SIGTERM),
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _output(process: subprocess.Popen, name: str, log: Path) -> str:
    output, _errors = process.communicate()
    if process.returncode == REFUSED:
        raise Refusal(output.strip())
    if process.returncode != 0:
        raise Refusal(_("{command} failed; the end of {log}:").format(command=name, log=log) + f"\n{last_lines(log)}")
    return output


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
