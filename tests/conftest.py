"""Fixtures of all tests: a real database copied from a prepared one, two tenants, and the named cast."""

import fcntl
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant

# Playwright's own loop runs in the process that drives the browser; Django would take it for an async view.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
settings.PASSWORD_HASHERS = ["tests.hashers.CheapArgon2"]
ROOT = Path(__file__).resolve().parent.parent
APPS = ("portal", "tenants", "extensions", "customers", "licensing", "billing")


# --- the database -------------------------------------------------------------------------------------------------
def code_state() -> str:
    """A word for everything that shapes the prepared database."""
    files = sorted(path for app in APPS for path in (ROOT / app).rglob("*.py"))
    files += [ROOT / "tests" / "world.py", ROOT / "tests" / "world_people.py"]
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes())
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
    """The name of a database with the whole world in it; built once per state of the code."""
    name = f"world_{code_state()}"
    with psycopg.connect(database_url("postgres"), autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(5030)")
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return name
        worlds = "SELECT datname FROM pg_database WHERE datname LIKE 'world\\_%' ORDER BY oid DESC OFFSET 5"
        for (old,) in server.execute(worlds).fetchall():
            server.execute(f'DROP DATABASE IF EXISTS "{old}" WITH (FORCE)')
        building = f"{name}_building"
        server.execute(f'DROP DATABASE IF EXISTS "{building}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{building}"')
        environment = {**os.environ, "DATABASE_URL": database_url(building)}
        built = subprocess.run(
            [sys.executable, "-m", "tests.world"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if built.returncode:
            pytest.exit(f"The world could not be built:\n{built.stdout}\n{built.stderr}", returncode=1)
        server.execute(f'ALTER DATABASE "{building}" RENAME TO "{name}"')
    return name


def copy_database(name: str) -> None:
    """A fresh copy of the prepared database under `name`."""
    administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    administer(f'CREATE DATABASE "{name}" TEMPLATE "{prepared_database()}" STRATEGY file_copy')


@pytest.fixture(scope="session")
def django_db_setup(worker_id: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Each process has its own copy; settings and environment point at it, for subprocesses too."""
    name = f"test_{worker_id}_{os.getpid()}"
    copy_database(name)
    before = os.environ["DATABASE_URL"]
    os.environ["DATABASE_URL"] = database_url(name)
    with django_db_blocker.unblock():
        point_django_at(name)
        yield
        close_connections()
    os.environ["DATABASE_URL"] = before
    administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def point_django_at(name: str) -> None:
    """Let this process's connections lead to the database `name`."""
    close_connections()
    connections["default"].settings_dict["NAME"] = name
    connections.settings["default"]["NAME"] = name


def close_connections() -> None:
    """Give up this process's connection and its pool."""
    connection.close()
    connection.close_pool()


@pytest.fixture
def own_database(worker_id: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database of this test's own, committed to for real: for threads, processes and browsers.

    Yields its address. The environment points at it, so that processes started by the test use it.
    """
    before_url, before_name = os.environ["DATABASE_URL"], connections["default"].settings_dict["NAME"]
    name = f"own_{worker_id}_{os.getpid()}"
    copy_database(name)
    os.environ["DATABASE_URL"] = database_url(name)
    with django_db_blocker.unblock():
        point_django_at(name)
        connection.set_schema_to_public()
        yield os.environ["DATABASE_URL"]
        point_django_at(before_name)
    os.environ["DATABASE_URL"] = before_url
    administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(autouse=True)
def _no_ambient_tenant() -> Iterator[None]:
    """No test may lean on the schema that another one left behind."""
    connection.set_schema_to_public()
    yield
    connection.set_schema_to_public()


# --- static files -------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session", autouse=True)
def _static_files() -> None:
    """Pages name static files by their hash, as in production; collected once per state of the folder."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "static").rglob("*")):
        if path.is_file():
            digest.update(path.as_posix().encode() + path.read_bytes())
    target = Path(settings.STATIC_ROOT)
    stamp = target.with_suffix(".state")
    target.mkdir(parents=True, exist_ok=True)
    with stamp.open("a+") as state:
        fcntl.flock(state, fcntl.LOCK_EX)  # several test processes start at once
        state.seek(0)
        if state.read() != digest.hexdigest():
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)
            state.truncate(0)
            state.write(digest.hexdigest())


# --- the tenants --------------------------------------------------------------------------------------------------
@pytest.fixture
def management(db: None) -> Tenant:
    return Tenant.objects.get(schema_name="public")


@pytest.fixture
def alpha(db: None) -> Tenant:
    return Tenant.objects.get(schema_name="t2")


@pytest.fixture
def beta(db: None) -> Tenant:
    return Tenant.objects.get(schema_name="t3")


@pytest.fixture
def inside_alpha(alpha: Tenant) -> Iterator[Tenant]:
    """The test runs inside alpha, under alpha's database role."""
    with inside(alpha):
        yield alpha


# --- the cast -----------------------------------------------------------------------------------------------------
def _person(tenant: Tenant, name: str) -> User:
    with inside(tenant):
        return User.objects.prefetch_related("roles").get(username__startswith=f"{name}@")


@pytest.fixture
def olivia(management: Tenant) -> User:
    """Owner of the platform."""
    return _person(management, "olivia")


@pytest.fixture
def oscar(management: Tenant) -> User:
    """Platform support: reads, and enters tenants."""
    return _person(management, "oscar")


@pytest.fixture
def rita(management: Tenant) -> User:
    """Reseller."""
    return _person(management, "rita")


@pytest.fixture
def rival(management: Tenant) -> User:
    """Another reseller."""
    return _person(management, "rival")


@pytest.fixture
def prospect(management: Tenant) -> User:
    """Somebody who confirmed an e-mail address and has nothing yet."""
    return _person(management, "prospect")


@pytest.fixture
def owner(alpha: Tenant) -> User:
    """Owner of alpha."""
    return _person(alpha, "owner")


@pytest.fixture
def manager(alpha: Tenant) -> User:
    """Team manager in alpha."""
    return _person(alpha, "manager")


@pytest.fixture
def agent(alpha: Tenant) -> User:
    """End user in alpha."""
    return _person(alpha, "agent")


@pytest.fixture
def stranger(beta: Tenant) -> User:
    """Owner of beta."""
    return _person(beta, "stranger")


@pytest.fixture
def browser_of() -> Callable[[User | None, Tenant], Client]:
    """`browser_of(user, tenant)`: a client at that tenant's host, signed in as `user` (None: not signed in)."""

    def open_browser(user: User | None, tenant: Tenant) -> Client:
        client = Client(HTTP_HOST=tenant.get_primary_domain().domain)
        if user is not None:
            with inside(tenant):
                client.force_login(user, backend="portal.accounts.backends.SignInBackend")
        return client

    return open_browser
