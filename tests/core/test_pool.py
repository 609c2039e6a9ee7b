"""A connection that waits in the pool is used only while the server holds its end."""

from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.db import connection

from portal.core.db.pool import is_alive

Opened = Callable[[], psycopg.Connection]


@pytest.fixture
def opened(db: None) -> Iterator[Opened]:
    made: list[psycopg.Connection] = []

    def open_one() -> psycopg.Connection:
        known = connection.connection.info
        made.append(psycopg.connect(known.dsn, password=known.password, autocommit=True))
        return made[-1]

    with connection.cursor():
        yield open_one
    for each in made:
        each.close()


def test_a_connection_that_the_server_holds_is_alive(opened: Opened) -> None:
    waiting = opened()
    waiting.execute("SELECT 1")

    assert is_alive(waiting)


def test_a_connection_that_the_server_closed_is_found_dead(opened: Opened) -> None:
    waiting = opened()
    opened().execute("SELECT pg_terminate_backend(%s, 5000)", [waiting.info.backend_pid])

    assert not is_alive(waiting)


def test_a_word_from_the_server_is_no_good_bye(opened: Opened) -> None:
    waiting = opened()
    waiting.execute("LISTEN word")
    opened().execute("NOTIFY word")

    assert is_alive(waiting)
    assert waiting.execute("SELECT 1").fetchone() == (1,)
