"""PostgreSQL may restart: pages say “try again”, and go on by themselves afterwards (REL-08)."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client

from tests.conftest import close_connections
from tests.prepared import administer
from tests.world import ALPHA


@pytest.fixture
def database(own_database: str) -> Iterator[str]:
    """The name of this test's own database, with a pool that gives up soon."""
    pool = connection.settings_dict["OPTIONS"]["pool"]
    before, pool["timeout"] = pool["timeout"], 3.0
    close_connections()
    yield own_database.rsplit("/", 1)[1]
    pool["timeout"] = before


def cut(name: str) -> None:
    """End every connection to the database, as a restart does, and wait until the server has closed them."""
    administer(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'")


def test_a_restart_between_two_requests_is_not_noticed(database: str) -> None:
    visitor = Client(HTTP_HOST=ALPHA)
    assert visitor.get("/account/login/").status_code == 200
    connection.close()  # back to the pool, as a server does at the end of each request; the test client does not

    cut(database)

    assert visitor.get("/account/login/").status_code == 200


def test_while_the_database_is_away_pages_say_so_and_then_go_on(database: str) -> None:
    visitor = Client(HTTP_HOST=ALPHA)
    close_connections()
    administer(f'ALTER DATABASE "{database}" ALLOW_CONNECTIONS false')
    cut(database)
    try:
        answer = visitor.get("/account/login/")
        assert (answer.status_code, answer["Retry-After"]) == (503, "10")
        assert visitor.get("/livez").status_code == 200
        assert visitor.get("/readyz").status_code == 503
    finally:
        administer(f'ALTER DATABASE "{database}" ALLOW_CONNECTIONS true')
        close_connections()

    assert visitor.get("/account/login/").status_code == 200
