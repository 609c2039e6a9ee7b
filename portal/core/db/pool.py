"""What happens to a connection when it goes back to the pool."""

from psycopg import Connection
from psycopg.pq import TransactionStatus


def reset_connection(connection: Connection) -> None:
    """Forget role and schema, so that nothing run outside Django's cursors can see the last tenant."""
    connection.execute("RESET ROLE; RESET search_path")
    if connection.info.transaction_status != TransactionStatus.IDLE:
        connection.commit()
