"""Files that no row needs any more are deleted, long enough after the row for “Undo” to find them (UXP-07)."""

from datetime import datetime, timedelta

from django.core.files.storage import default_storage

from extensions.models import AudioFile, Deletion
from extensions.services.audio.keep import FOLDER

# Longer than a deletion can be undone, and longer than any upload between writing its file and committing its row.
KEPT = timedelta(hours=1)


def forget_unused_sounds(*, at: datetime) -> int:
    """Delete the files of the active tenant that neither a sound nor an undoable deletion names; returns how many."""
    if not default_storage.exists(FOLDER):
        return 0
    _folders, names = default_storage.listdir(FOLDER)
    needed = set(AudioFile.objects.values_list("path", flat=True)) | _paths_of_deletions(at - KEPT)
    unused = [f"{FOLDER}/{name}" for name in names if f"{FOLDER}/{name}" not in needed]
    old = [path for path in unused if default_storage.get_modified_time(path) < at - KEPT]
    for path in old:
        default_storage.delete(path)
    return len(old)


def _paths_of_deletions(since: datetime) -> set[str]:
    found = Deletion.objects.filter(at__gte=since).values_list("rows", flat=True)
    rows = [one.get("row", {}) for kept in found for one in kept if one.get("table") == AudioFile._meta.db_table]  # noqa: SLF001
    return {str(row["path"]) for row in rows if "path" in row}
