"""Django's PostgreSQL connection, aware of the tenant's schema and of the tenant's database role."""

from typing import Any

from django.conf import settings
from django_tenants.postgresql_backend import base
from django_tenants.utils import get_public_schema_name, quote_schema_name

from portal.core.db.cursor import TenantCursor
from portal.core.db.pool import is_alive


class DatabaseWrapper(base.DatabaseWrapper):
    """Sets `search_path` and `ROLE` together, with the first statement after the schema changed.

    The role is the second wall (ARCHITECTURE decision 4): with a wrong path, the database refuses instead of
    answering. The platform itself (management instance, provisioning, upgrade) runs as the owner.
    """

    search_path_set_schemas: Any

    def get_connection_params(self) -> dict[str, Any]:
        return super().get_connection_params() | {"cursor_factory": TenantCursor}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection of the pool that the server has not closed meanwhile; the pool replaces each that it has."""
        found = super().get_new_connection(conn_params)
        while self.pool and not is_alive(found):
            found.close()
            self.pool.putconn(found)
            found = super().get_new_connection(conn_params)
        return found

    def create_cursor(self, name: str | None = None) -> Any:
        cursor = super().create_cursor(name)
        if name is None:
            cursor.database = self
        return cursor

    @property
    def has_arrived(self) -> bool:
        """Whether the connection stands where this says it should."""
        return bool(self.search_path_set_schemas)

    def way_there(self) -> tuple[str, list[str]]:
        """The statements that go to the present schema and role (`cursor.STEPS` of them), and the path they set."""
        paths = self._get_cursor_search_paths()
        return f"SET search_path = {', '.join(map(quote_schema_name, paths))}; {self._role_statement()}", paths

    def arrive(self, paths: list[str]) -> None:
        """The statements of `way_there` were carried out."""
        self.search_path_set_schemas = paths

    def _handle_search_path(self, cursor: Any = None) -> None:
        """Called with each cursor: ours go there by themselves, one with a name on the server cannot."""
        if cursor is None and not self.has_arrived:
            way, paths = self.way_there()
            with self.connection.cursor() as own:
                own.execute(way)
            self.arrive(paths)

    def _role_statement(self) -> str:
        role = getattr(self.tenant, "db_role", "")
        if not settings.PORTAL_TENANT_WALL or not role or self.schema_name == get_public_schema_name():
            return "RESET ROLE"
        return f"SET ROLE {quote_schema_name(role)}"
