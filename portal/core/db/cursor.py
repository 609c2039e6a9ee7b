"""A cursor whose every statement runs where the connection says: in the tenant's schema, under the tenant's role."""

from typing import TYPE_CHECKING, Any

from psycopg.pq import TransactionStatus

if TYPE_CHECKING:
    from psycopg import ClientCursor as Cursor

    from portal.core.db.base import DatabaseWrapper
else:
    from django.db.backends.postgresql.base import Cursor

STEPS = 2  # statements of the way there: the path and the role


class TenantCursor(Cursor):
    """Django's cursor. A query takes the way to the schema along, which saves every page two round trips.

    Whatever is no SELECT goes there first, by itself: some commands stand no company.
    """

    database: "DatabaseWrapper | None" = None

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        if self.database is None or self.database.has_arrived:
            return super().execute(query, params, **options)
        if not (isinstance(query, str) and query.startswith("SELECT")) or self._is_broken():
            self._go()
            return super().execute(query, params, **options)
        way, arrived = self.database.way_there()
        led = way if params is None else way.replace("%", "%%")
        super().execute(f"{led}; {query}", params, **options)
        self.database.arrive(arrived)
        if self._query is not None:
            self._query.query = self._query.query.removeprefix(f"{way}; ".encode())  # what Django logs is the query
        return self.set_result(STEPS)

    def executemany(self, *given: Any, **options: Any) -> None:
        self._go()
        super().executemany(*given, **options)

    def copy(self, *given: Any, **options: Any) -> Any:
        self._go()
        return super().copy(*given, **options)

    def stream(self, *given: Any, **options: Any) -> Any:
        self._go()
        return super().stream(*given, **options)

    def _go(self) -> None:
        """Go there now. A broken transaction refuses everything but its end, so nothing can run in the wrong place."""
        if self.database is None or self.database.has_arrived or self._is_broken():
            return
        way, arrived = self.database.way_there()
        super().execute(way)
        self.database.arrive(arrived)

    def _is_broken(self) -> bool:
        return self.connection.info.transaction_status == TransactionStatus.INERROR
