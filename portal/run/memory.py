"""Where the tests' database is kept: in memory, because a disk's file system slows down as thousands of small files
are made and dropped over and over (a copy of the prepared database: 1.1 s on ext4, 0.06 s here)."""

import hashlib
import re
import secrets
import shutil
from pathlib import Path

from portal.run.folder import DataFolder

MEMORY = Path("/dev/shm")  # noqa: S108 - folders there are made with this user's rights alone, and checked
NEEDED_BYTES = 2 * 2**30
MARK = "memory-mark"


def keep_database_of(folder: DataFolder) -> None:
    """Let the cluster of `folder` live in memory, when this machine has room there. It stays for the next run, until
    the machine restarts or the folder is gone."""
    mark = _mark_of(folder.path)
    _forget_what_is_gone()
    if not _has_room():
        return
    place = MEMORY / f"trunkline-{hashlib.sha256(f'{folder.path} {mark}'.encode()).hexdigest()[:12]}"
    place.mkdir(mode=0o711, exist_ok=True)
    if place.is_symlink() or place.stat().st_uid != folder.path.stat().st_uid:
        return  # somebody else's
    (place / "belongs-to").write_text(f"{folder.path}\n{mark}")
    folder.cluster = place / "postgres"


def _mark_of(path: Path) -> str:
    """A random word kept in the data folder: one made anew at the same path, with other passwords, is another one."""
    note = path / MARK
    if not note.exists():
        note.write_text(secrets.token_hex(8))
    return note.read_text()


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
            path, _line, mark = note.read_text().partition("\n")
            kept = Path(path) / MARK
            if not kept.exists() or kept.read_text() != mark:
                shutil.rmtree(note.parent, ignore_errors=True)
        except OSError:
            continue  # another user's
