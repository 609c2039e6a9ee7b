"""What happens to a connection when it goes back to the pool, and when it is taken out again."""

from select import POLLIN, poll

import psycopg
from psycopg import Connection
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool


def reset_connection(connection: Connection) -> None:
    """Forget role and schema, so that nothing run outside Django's cursors can see the last tenant."""
    connection.execute("RESET ROLE; RESET search_path")
    if connection.info.transaction_status != TransactionStatus.IDLE:
        connection.commit()


def is_alive(connection: Connection) -> bool:
    """Whether the server still holds its end of an idle connection.

    There is nothing to read from it, unless the server said good-bye or a word about a setting; only then it is asked,
    which would cost every request a round trip.
    """
    try:
        waiting = poll()
        waiting.register(connection.fileno(), POLLIN)
        if waiting.poll(0):
            ConnectionPool.check_connection(connection)
    except psycopg.Error:
        return False
    return True
