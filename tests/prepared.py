"""The databases that tests start from: made once for each state of the code, then copied.

Two of them, because the migrations take most of the time and few changes touch them: an installation, migrated and
initialised, and the world, which is a copy of it with the cast. A change of a page or a form makes neither anew.
"""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("portal", "tenants", "extensions", "customers", "licensing", "billing")
# Folders whose code shapes no row: what it shows is asked for by the tests, not by the preparation.
PAGES = {"views", "forms", "tables", "filters", "templatetags", "pages", "run", "demo"}
# Apps none of whose services runs at an installation.
UPPER = {"extensions", "customers", "licensing", "billing"}
KEPT = 5


def code(*, of_the_world: bool) -> Iterator[Path]:
    """The files that shape the world, or the installation below it."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            parts = set(path.relative_to(ROOT).parts)
            if not parts & PAGES and (of_the_world or not ("services" in parts and parts & UPPER)):
                yield path
    yield ROOT / "tests" / "world.py"
    if of_the_world:
        yield ROOT / "tests" / "world_people.py"


def state(files: Iterator[Path]) -> str:
    """A word for the contents of files."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def database_url(name: str) -> str:
    """The address of another database on the test server."""
    return os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{name}"


def administer(statement: str) -> None:
    """Run one statement outside any transaction, in the server's own database."""
    with psycopg.connect(database_url("postgres"), autocommit=True) as server:
        for _attempt in range(40):
            try:
                server.execute(statement)
            except psycopg.errors.InsufficientPrivilege:
                # The server's own housekeeping is in that database, and only a superuser may end it: it soon leaves.
                time.sleep(0.25)
            else:
                return
        server.execute(statement)


def prepared_database() -> str:
    """The name of a database with the whole world in it."""
    world = f"world_{state(code(of_the_world=True))}"
    with _one_at_a_time() as server:
        if not _exists(server, world):
            _build(server, world, "people", template=_installation(server))
    return world


def prepared_installation() -> str:
    """The name of a database in which the program was installed, and nothing has happened yet."""
    with _one_at_a_time() as server:
        return _installation(server)


@contextmanager
def _one_at_a_time() -> Iterator[psycopg.Connection]:
    with psycopg.connect(database_url("postgres"), autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(5030)")
        yield server


def _installation(server: psycopg.Connection) -> str:
    name = f"installation_{state(code(of_the_world=False))}"
    if not _exists(server, name):
        _build(server, name, "installation", template="template1")
    return name


def copy_database(name: str) -> None:
    """A fresh copy of the prepared database under `name`."""
    administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    administer(f'CREATE DATABASE "{name}" TEMPLATE "{prepared_database()}" STRATEGY file_copy')


def _exists(server: psycopg.Connection, name: str) -> bool:
    return server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _build(server: psycopg.Connection, name: str, part: str, *, template: str) -> None:
    """Make a database whole under another name first: a killed run leaves no half of one."""
    kind = name.split("_")[0]
    older = f"SELECT datname FROM pg_database WHERE datname LIKE '{kind}\\_%' ORDER BY oid DESC OFFSET {KEPT}"
    building = f"{name}_building"
    for old in [row[0] for row in server.execute(older).fetchall()] + [building]:
        server.execute(f'DROP DATABASE IF EXISTS "{old}" WITH (FORCE)')
    server.execute(f'CREATE DATABASE "{building}" TEMPLATE "{template}" STRATEGY file_copy')
    built = subprocess.run(
        [sys.executable, "-m", "tests.world", part],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database_url(building)},
        capture_output=True,
        text=True,
        check=False,
    )
    if built.returncode:
        pytest.exit(f"The {kind} could not be built:\n{built.stdout}\n{built.stderr}", returncode=1)
    server.execute(f'ALTER DATABASE "{building}" RENAME TO "{name}"')


if __name__ == "__main__":
    prepared_database()
