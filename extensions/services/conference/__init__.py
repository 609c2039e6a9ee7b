"""Conference rooms: numbers under which people meet (CONF-01)."""
