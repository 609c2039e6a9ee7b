"""Where the tests' database is kept: in memory, because a disk's file system slows down as thousands of small files
are made and dropped over and over (a copy of the prepared database: 1.1 s on ext4, 0.06 s here)."""

import hashlib
import re
import shutil
from pathlib import Path

from portal.run.folder import DataFolder

MEMORY = Path("/dev/shm")  # noqa: S108 - folders there are made with this user's rights alone, and checked
NEEDED_BYTES = 2 * 2**30


def keep_database_of(folder: DataFolder) -> None:
    """Let the cluster of `folder` live in memory, when this machine has room there. It stays for the next run, until
    the machine restarts or the folder is gone."""
    _forget_what_is_gone()
    if not _has_room():
        return
    place = MEMORY / f"trunkline-{hashlib.sha256(str(folder.path).encode()).hexdigest()[:12]}"
    place.mkdir(mode=0o711, exist_ok=True)
    if place.is_symlink() or place.stat().st_uid != folder.path.stat().st_uid:
        return  # somebody else's
    (place / "belongs-to").write_text(str(folder.path))
    folder.cluster = place / "postgres"


def _has_room() -> bool:
    try:
        available = re.search(r"^MemAvailable:\s+(\d+) kB", Path("/proc/meminfo").read_text(), re.MULTILINE)
        free = min(int(available[1]) * 1024 if available else 0, shutil.disk_usage(MEMORY).free)
    except OSError:
        return False
    return free >= NEEDED_BYTES


def _forget_what_is_gone() -> None:
    for note in MEMORY.glob("trunkline-*/belongs-to"):
        try:
            if not Path(note.read_text()).exists():
                shutil.rmtree(note.parent, ignore_errors=True)
        except OSError:
            continue  # another user's
