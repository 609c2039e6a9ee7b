"""Files that belong to rows of a tenant's schema: they travel with the rows when a schema is cloned, and go with it."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.module_loading import import_string

from tenants.door import inside
from tenants.models import Tenant


def copy_files(source: Tenant, target: Tenant) -> int:
    """Copy to `target`'s folder the files that its rows name and that `source` has; returns how many. Safe to repeat.

    Which files those are is asked of the app that owns the rows (settings.CLONED_FILES): paths in the active schema.
    """
    with inside(target, owner=True):
        paths: Sequence[str] = import_string(settings.CLONED_FILES)()
    copied = 0
    for path in paths:
        with inside(source, owner=True):
            if not default_storage.exists(path):
                continue
            with default_storage.open(path) as file:
                content = file.read()
        with inside(target, owner=True):
            if not default_storage.exists(path):
                default_storage.save(path, ContentFile(content))
                copied += 1
    return copied


def drop_files(schema: str) -> None:
    """Delete every file of a schema, whatever it is."""
    shutil.rmtree(Path(settings.MEDIA_ROOT) / schema, ignore_errors=True)
