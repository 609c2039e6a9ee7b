import re
import subprocess
import sys
from pathlib import Path

import pytest

from portal.run.console import ROOT

SCRIPTS = ["_prepare.sh", "run", "test", "bench", "prove", "asterisk", "manage"]


def portal(*words: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "portal", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("name", SCRIPTS)
def test_each_command_is_plain_posix_shell(name: str) -> None:
    done = subprocess.run(["sh", "-n", str(ROOT / "bin" / name)], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["run", "test", "bench", "prove", "asterisk", "manage"])
def test_each_command_can_be_executed(name: str) -> None:
    assert (ROOT / "bin" / name).stat().st_mode & 0o111


def test_manage_says_where_nothing_runs(tmp_path: Path) -> None:
    done = portal("manage", "--data", str(tmp_path), "where")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.rstrip().endswith(f"Nothing runs in {tmp_path}: start bin/run first.")


def test_ci_runs_the_same_command_as_everybody() -> None:
    assert (ROOT / ".ci" / "run").read_text().rstrip().endswith("exec bin/test")


@pytest.mark.parametrize("name", ["base", "test"])
def test_requirements_are_hashed_and_name_no_address(name: str) -> None:
    text = (ROOT / "bin" / "requirements" / f"{name}.txt").read_text()

    assert "://" not in text
    assert "--index" not in text
    assert all("--hash=sha256:" in entry for entry in re.split(r"\n(?=\S)", text.strip()))


def test_the_test_requirements_hold_all_of_the_base_ones() -> None:
    pins = {name: set(re.findall(r"^\S+==\S+", _requirements(name), re.MULTILINE)) for name in ("base", "test")}

    assert pins["base"] <= pins["test"]


@pytest.mark.parametrize("words", [["up", "--nope"], ["up", "--por", "1"], ["up", "--port", "70000"], ["up", "extra"]])
def test_an_unknown_flag_is_refused_with_the_usage(words: list[str]) -> None:
    done = portal(*words)

    assert done.returncode == 2
    assert "usage: bin/run" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_benchmark_is_refused_in_one_sentence() -> None:
    done = portal("bench", "no-such-thing")

    assert done.returncode == 1
    assert done.stderr.startswith("There is no bench named no-such-thing")


def test_without_a_name_the_proofs_are_listed() -> None:
    done = portal("prove")

    assert done.returncode == 0
    assert "bin/prove NAME" in done.stdout


def _requirements(name: str) -> str:
    return Path(ROOT / "bin" / "requirements" / f"{name}.txt").read_text()
