"""Fixtures of all tests: a real database copied from a prepared one, two tenants, and the named cast."""

import asyncio
import fcntl
import gc
import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from playwright.sync_api import Browser, Playwright
from pytest_django.plugin import DjangoDbBlocker
from whitenoise import WhiteNoise

from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.prepared import ROOT, administer, copy_database, database_url

# Playwright's own loop runs in the process that drives the browser; Django would take it for an async view.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
settings.PASSWORD_HASHERS = ["tests.hashers.CheapArgon2"]
# The machine may be slow, and says nothing by that about what is tested.
hypothesis.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.load_profile("portal")

DEAR = ("browser", "pbx", "processes", "long")
# Which worker begins with which of them, by the number of workers; with another number they go round.
LANES = {2: (0, 1, 1, 1), 3: (0, 1, 1, 2)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each worker one kind of dear tests first, so that few of them start a portal or a PBX, and while one waits
    for processes another one computes; then its share of the quick ones, which the others may take over at the end."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    lanes: list[list[pytest.Item]] = [[] for _worker in range(workers)]
    quick: list[pytest.Item] = []
    for name, lane in zip(DEAR, LANES.get(workers, range(len(DEAR))), strict=True):
        lanes[lane % workers] += [item for item in items if _is_dear(item) == name]
    quick = [item for item in items if not _is_dear(item)]
    # xdist cuts the list into as many parts as there are workers, rounded as here.
    left, places = len(items), []
    for number, lane in enumerate(lanes):
        share = left // (workers - number)
        filler = max(0, share - len(lane))
        places += lane + quick[:filler]
        quick, left = quick[filler:], left - share
    items[:] = places + quick


def pytest_collection_finish() -> None:
    """What was imported so far stays for good: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()


def _is_dear(item: pytest.Item) -> str:
    """The mark that makes a test dear, or an empty text."""
    return next((name for name in DEAR if item.get_closest_marker(name)), "")


# --- the browsers' loop ---------------------------------------------------------------------------------------------
@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Once a test has driven a browser, Playwright's loop counts as running in this thread for good. Whatever speaks to
    a PBX could then not start one of its own; and Django keeps one connection for code under a loop and another for
    the rest, so that a test might begin its transaction on one and write, for good, on the other."""
    if item.get_closest_marker("browser"):
        return (yield)
    theirs = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        return (yield)
    finally:
        asyncio._set_running_loop(theirs)


@pytest.fixture(scope="session")
def browser(browser: Browser, playwright: Playwright) -> Iterator[Browser]:
    """The browser of this process. It is closed after the last test, which may not have been a browser's."""
    yield browser
    asyncio._set_running_loop(playwright._loop)


# --- the database -------------------------------------------------------------------------------------------------
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


@pytest.fixture(scope="session", autouse=True)
def _static_files_looked_through_once(_static_files: None) -> None:
    """Each test client loads the middleware anew, and whitenoise then reads a thousand files: once is enough."""
    scan, found = WhiteNoise.update_files_dictionary, {}

    def once(self: WhiteNoise, root: str, prefix: str) -> None:
        if (root, prefix) not in found:
            scan(self, root, prefix)
            found[root, prefix] = dict(self.files)
        self.files.update(found[root, prefix])

    WhiteNoise.update_files_dictionary = once


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
