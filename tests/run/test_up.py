"""`bin/run` as a whole: it serves, keeps others away, and stops without leaving anything behind."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator

import pytest

from portal.run.asterisk.probe import Probe
from portal.run.console import ROOT
from portal.run.folder import DataFolder
from portal.run.processes import free_port, left_behind
from portal.run.up import _print_addresses

pytestmark = [pytest.mark.processes, pytest.mark.pbx]


@pytest.fixture
def no_servers_from_outside(own_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database of the run stays: migrating an empty one would take longer than everything else here."""
    monkeypatch.delenv("REDIS_URL")


@pytest.fixture
def started(folder: DataFolder) -> Iterator[tuple[subprocess.Popen, int, str]]:
    """A running `bin/run`, its port, and what it printed until it was ready."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "portal", "up", "--pbx", "--data", str(folder.path), "--port", str(port)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout
    printed = ""
    while "Ctrl-C" not in printed:
        line = process.stdout.readline()
        assert line, printed
        printed += line
    yield process, port, printed
    if process.poll() is None:
        process.terminate()
    process.communicate()


def test_a_run_serves_keeps_a_second_one_away_and_stops_whole(
    started: tuple[subprocess.Popen, int, str], folder: DataFolder
) -> None:
    process, port, printed = started

    with urllib.request.urlopen(f"http://127.0.0.1:{port}/livez", timeout=5) as answer:
        status = answer.status
    second = subprocess.run(
        [sys.executable, "-m", "portal", "up", "--data", str(folder.path), "--port", str(free_port())],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    bare = {
        name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "DATABASE_", "REDIS_"))
    }
    managed = subprocess.run(
        [sys.executable, "-m", "portal", "manage", "--data", str(folder.path), "where"],
        cwd=ROOT,
        env=bare,
        capture_output=True,
        text=True,
        check=False,
    )
    manager = re.search(r"manager at 127\.0\.0\.1:(\d+)", printed)
    assert manager
    with Probe(int(manager[1]), "portal", folder.secret("pbx_ami")) as probe:
        calls = probe.ask("CoreStatus")["CoreCurrentCalls"]
    running = left_behind(folder)
    process.send_signal(signal.SIGINT)
    process.wait(timeout=40)

    assert status == 200
    assert f":{port}/" in printed
    assert str(folder.mail) in printed
    assert second.returncode == 1
    assert f"(process {process.pid})" in second.stderr
    assert (managed.returncode, f":{port}/" in managed.stdout) == (0, True), managed.stderr
    assert calls == "0"
    assert len(running) >= 6
    assert process.returncode == 0
    assert left_behind(folder) == []


def test_the_addresses_of_many_tenants_do_not_hide_the_first_sign_in(
    folder: DataFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    tenants = [f"http://company-{number}.localhost/" for number in range(1, 8)]

    _print_addresses({"first_sign_in": "http://link/", "tenants": tenants}, folder, 8000, 1.0)

    printed = capsys.readouterr().out
    assert "http://link/" in printed
    assert "company-5" in printed
    assert "company-6" not in printed
    assert "and 2 more" in printed
