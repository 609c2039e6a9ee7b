"""The shell part of the commands, in a copy of bin/ with a stand-in for Python that only notes its arguments."""

import shutil
import subprocess
from pathlib import Path

import pytest

from portal.run.console import ROOT

NOTES_ITS_ARGUMENTS = '#!/bin/sh\nprintf "%s\\n" "$*" >> "$NOTES"\n'
TOOLS = ["sh", "dirname", "cmp", "cp", "rm", "env"]


class Checkout:
    """A checkout with nothing in it but the commands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notes = path / "notes"
        self.tools = path / "tools"
        shutil.copytree(ROOT / "bin", path / "bin")
        self.tools.mkdir()
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found
            (self.tools / tool).symlink_to(found)

    def with_virtual_environment(self) -> "Checkout":
        python = self.path / ".venv" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text(NOTES_ITS_ARGUMENTS)
        python.chmod(0o755)
        return self

    def call(self, command: str, *words: str) -> subprocess.CompletedProcess:
        environment = {"PATH": str(self.tools), "NOTES": str(self.notes)}
        return subprocess.run(
            [str(self.path / "bin" / command), *words], env=environment, capture_output=True, text=True, check=False
        )

    def installs(self) -> int:
        return sum("pip install" in line for line in self.notes.read_text().splitlines())


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path / "a checkout")


def test_without_a_recent_python_it_says_so(checkout: Checkout) -> None:
    old = checkout.tools / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)

    done = checkout.call("run")

    assert done.returncode == 1
    assert done.stderr == "Python 3.11 or later is needed, and none was found on the PATH.\n"


def test_packages_are_installed_once_and_by_hash(checkout: Checkout) -> None:
    checkout.with_virtual_environment()

    first, second = checkout.call("run"), checkout.call("run")

    assert (first.returncode, second.returncode) == (0, 0)
    assert checkout.installs() == 1
    assert "--require-hashes" in checkout.notes.read_text()


def test_packages_are_installed_again_when_the_requirements_change(checkout: Checkout) -> None:
    checkout.with_virtual_environment().call("run")
    with (checkout.path / "bin" / "requirements" / "base.txt").open("a") as requirements:
        requirements.write("# one more\n")

    checkout.call("run")

    assert checkout.installs() == 2


def test_run_after_test_installs_nothing_and_test_after_run_does(checkout: Checkout) -> None:
    checkout.with_virtual_environment().call("run")
    checkout.call("test")
    checkout.call("run")
    checkout.call("prove")

    assert checkout.installs() == 2


def test_arguments_reach_the_launcher_as_they_were_typed(checkout: Checkout) -> None:
    checkout.with_virtual_environment().call("run", "--data", "a b", "--port", "8001")

    assert checkout.notes.read_text().splitlines()[-1] == "-P -m portal up --data a b --port 8001"
