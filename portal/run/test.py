"""`bin/test`: every check and test on real servers, or pytest alone with the arguments given."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

from portal.run import chromium, features, memory
from portal.run.console import ROOT, _, complain, say
from portal.run.environment import for_django
from portal.run.folder import DataFolder, free_folder
from portal.run.processes import free_port, stop_at_signals
from portal.run.servers import Addresses, private_servers

TOOLS = Path(sys.executable).parent


def run_tests(arguments: list[str]) -> int:
    """Run what the arguments ask for: nothing = everything, --features, --servers, else pytest with them."""
    if arguments == ["--features"]:
        return 0 if features.report(every_row=True) else 1
    stop_at_signals()
    browser = chromium.find() if arguments else chromium.find_or_install()
    with free_folder(ROOT / "var", "test") as folder, _servers_in_memory(folder) as addresses:
        environment = for_django(folder, free_port(), addresses)
        if arguments == ["--servers"]:
            return _hold(environment)
        if browser:
            environment["PORTAL_CHROME"] = browser
        if arguments:
            return _run([sys.executable, "-m", "pytest", *arguments], environment)
        return _everything(folder, environment)


def _servers_in_memory(folder: DataFolder) -> AbstractContextManager[Addresses]:
    memory.keep_database_of(folder)
    return private_servers(folder, durable=False)


def _everything(folder: DataFolder, environment: dict[str, str]) -> int:
    python = sys.executable
    deployed = environment | {"PORTAL_HTTPS": "1"}
    concise = "--output-format=concise"
    commands = [
        ("ruff check", [python, "-m", "ruff", "check", concise], environment),
        ("ruff format --check", [python, "-m", "ruff", "format", "--check", concise], environment),
        ("lint-imports", [str(TOOLS / "lint-imports"), "--no-logo"], environment),
        ("mypy", [python, "-m", "mypy"], environment),
        ("makemigrations --check", [python, "manage.py", "makemigrations", "--check", "--dry-run"], environment),
        ("check --deploy", [python, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], deployed),
    ]
    checks: list[tuple[str, Callable[[], bool]]] = [
        *((name, partial(_passes, command, its_own)) for name, command, its_own in commands),
        ("features", partial(features.report, every_row=False)),
    ]
    with _beside([python, "-m", "tests.prepared"], environment):
        failed = [name for name, check in checks if not _headline(name, check)]
    say(f"== pytest -n {_workers()}")
    results = folder.run / "results.xml"
    results.unlink(missing_ok=True)
    code = _run([python, "-m", "pytest", "-n", str(_workers()), f"--junitxml={results}"], environment)
    if failed:
        complain(_("Failed before the tests: {names}").format(names=", ".join(failed)))
        passed, broken = _counts(results)
        say(_("{passed} passed, {failed} failed").format(passed=passed, failed=broken + len(failed)))
    return 1 if failed else code


def _headline(name: str, check: Callable[[], bool]) -> bool:
    say(f"== {name}")
    began = time.monotonic()
    fine = check()
    say(f"   {_('ok') if fine else _('FAILED')} ({time.monotonic() - began:.1f} s)")
    return fine


def _passes(command: list[str], environment: dict[str, str]) -> bool:
    """Whether the command ends well; what it printed is shown only when it does not."""
    done = subprocess.run(
        command,
        check=False,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode != 0:
        say(done.stdout.rstrip())
    return done.returncode == 0


def _run(command: list[str], environment: dict[str, str]) -> int:
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        return process.wait()
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait()


@contextmanager
def _beside(command: list[str], environment: dict[str, str]) -> Iterator[None]:
    """Let the command run meanwhile. When it fails, what needs its result does it again, and then says why."""
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield
        process.wait()
    finally:
        process.terminate()
        process.wait()


def _workers() -> int:
    """One more than there are processors, as two fifths of the time are spent waiting for other processes."""
    return max(2, min(4, (os.cpu_count() or 2) + 1))


def _counts(results: Path) -> tuple[int, int]:
    """Tests passed and failed, from the report that pytest wrote."""
    try:
        suite = ElementTree.parse(results).getroot().find("testsuite")  # noqa: S314 - written by our own pytest
    except (OSError, ElementTree.ParseError):
        return 0, 1
    if suite is None:
        return 0, 1
    number = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")}
    broken = number["failures"] + number["errors"]
    return number["tests"] - broken - number["skipped"], broken


def _hold(environment: dict[str, str]) -> int:
    """Print how to reach the servers, and keep them until a signal comes."""
    names = ("DATABASE_URL", "REDIS_URL", "PORTAL_SECRET_KEY", "PORTAL_DATA")
    say("export " + " ".join(f"{name}='{environment[name]}'" for name in names))
    while True:
        signal.pause()
