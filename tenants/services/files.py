"""The files of a schema: rows that travel name files, so the files travel with them."""

import shutil
from pathlib import Path

from django.conf import settings


def folder_of(schema: str) -> Path:
    """Where the files of a schema lie (as django_tenants' storage has it)."""
    return Path(settings.MEDIA_ROOT) / schema


def copy_files(source: str, target: str) -> None:
    """Give `target` a copy of every file of `source`, and nothing else. Safe to repeat."""
    drop_files(target)
    if folder_of(source).is_dir():
        shutil.copytree(folder_of(source), folder_of(target))


def drop_files(schema: str) -> None:
    """Delete the files of a schema, if there are any."""
    shutil.rmtree(folder_of(schema), ignore_errors=True)
