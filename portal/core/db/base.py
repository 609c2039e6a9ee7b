"""Django's PostgreSQL connection, aware of the tenant's schema and of the tenant's database role."""

from typing import Any

from django.conf import settings
from django.db.utils import DatabaseError
from django_tenants.postgresql_backend import base
from django_tenants.utils import get_public_schema_name, quote_schema_name

from portal.core.db.pool import is_alive


class DatabaseWrapper(base.DatabaseWrapper):
    """Sets `search_path` and `ROLE` together, in one round trip, whenever the schema changes.

    The role is the second wall (ARCHITECTURE decision 4): with a wrong path, the database refuses instead of
    answering. The platform itself (management instance, provisioning, upgrade) runs as the owner.
    """

    _setting_search_path: bool
    search_path_set_schemas: Any

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection of the pool that the server has not closed meanwhile; the pool replaces each that it has."""
        found = super().get_new_connection(conn_params)
        while self.pool and not is_alive(found):
            found.close()
            self.pool.putconn(found)
            found = super().get_new_connection(conn_params)
        return found

    def _handle_search_path(self, cursor: Any = None) -> None:
        if self._setting_search_path or self.search_path_set_schemas:
            return
        self._setting_search_path = True
        own = self.connection.cursor() if cursor is None else cursor
        paths = self._get_cursor_search_paths()
        try:
            own.execute(f"SET search_path = {', '.join(map(quote_schema_name, paths))}; {self._role_statement()}")
        except (DatabaseError, base.psycopg.InternalError):
            # The transaction is already broken; whatever follows fails too, until it is rolled back.
            self.search_path_set_schemas = None
        else:
            self.search_path_set_schemas = paths
        finally:
            self._setting_search_path = False
            if cursor is None:
                own.close()

    def _role_statement(self) -> str:
        role = getattr(self.tenant, "db_role", "")
        if not settings.PORTAL_TENANT_WALL or not role or self.schema_name == get_public_schema_name():
            return "RESET ROLE"
        return f"SET ROLE {quote_schema_name(role)}"
