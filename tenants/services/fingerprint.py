"""The migration state of this code, as one word that fits on a tenant's row."""

import hashlib
from functools import lru_cache

from django.db.migrations.loader import MigrationLoader


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Hash of the names of all migrations on disk. A schema with the same word needs no look."""
    loader = MigrationLoader(None)
    names = sorted(".".join(key) for key in loader.disk_migrations)
    return hashlib.sha256("\n".join(names).encode()).hexdigest()
