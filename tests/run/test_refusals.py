"""What `bin/run` says when it cannot start: one sentence, no trace, exit code 1."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.run import folder as folders
from portal.run.console import ROOT, Refusal
from portal.run.folder import DataFolder
from portal.run.processes import free_port


def start(folder: Path, port: int, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "portal", "up", "--data", str(folder), "--port", str(port)],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def refused(done: subprocess.CompletedProcess) -> str:
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
    return done.stderr


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


def test_a_taken_port_is_named_with_another_one(folder: DataFolder, taken_port: int) -> None:
    said = refused(start(folder.path, taken_port))

    assert f"Port {taken_port} is taken" in said
    assert f"--port {taken_port + 1}" in said


def test_a_second_run_on_the_same_data_is_refused(folder: DataFolder) -> None:
    with folder.locked():
        said = refused(start(folder.path, free_port()))

    assert f"(process {os.getpid()}) already uses the data folder {folder.path}" in said


def test_the_refused_run_does_not_free_the_lock(folder: DataFolder) -> None:
    with folder.locked():
        refused(start(folder.path, free_port()))

        said = refused(start(folder.path, free_port()))

    assert f"(process {os.getpid()})" in said


@pytest.mark.parametrize("version", ["17", "19"])
def test_data_of_another_postgresql_version_is_left_alone(folder: DataFolder, version: str) -> None:
    cluster = folder.path / "postgres"
    cluster.mkdir(mode=0o700)
    (cluster / "PG_VERSION").write_text(f"{version}\n")

    said = refused(start(folder.path, free_port()))

    assert f"was written by PostgreSQL {version}, and this is PostgreSQL 18" in said
    assert [file.name for file in cluster.iterdir()] == ["PG_VERSION"]


def test_a_place_that_cannot_be_written_is_named() -> None:
    with tempfile.NamedTemporaryFile() as file:
        said = refused(start(Path(file.name) / "data", free_port()))

    assert f"{file.name}/data cannot be written: Not a directory." in said


def test_a_database_that_does_not_answer_is_told_without_its_password(folder: DataFolder) -> None:
    url = f"postgresql://portal:sesame@127.0.0.1:{free_port()}/portal"

    said = refused(start(folder.path, free_port(), DATABASE_URL=url))

    assert "The database of DATABASE_URL does not answer" in said
    assert "sesame" not in said


def test_a_full_disk_is_told_before_anything_starts(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "NEEDED_BYTES", 2**62)

    with pytest.raises(Refusal, match="MB free; at least"):
        folder.prepare()
