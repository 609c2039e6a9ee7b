"""Whether something changed since the last start of this data folder, so that a second start need not do it again."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from portal.run.console import ROOT
from portal.run.folder import DataFolder

CODE = ("billing", "customers", "extensions", "licensing", "portal", "tenants")


def of_static_files() -> str:
    """Changes whenever a static file or an installed package changes."""
    return _of((ROOT / "static").rglob("*"))


def of_code() -> str:
    """Changes whenever the program, its templates aside, or an installed package changes."""
    return _of(file for name in CODE for file in (ROOT / name).rglob("*.py"))


def is_remembered(folder: DataFolder, name: str, fingerprint: str) -> bool:
    """Whether the last `remember` of this name said the same."""
    note = folder.run / f"{name}.fingerprint"
    return note.exists() and note.read_text() == fingerprint


def remember(folder: DataFolder, name: str, fingerprint: str) -> None:
    """Note that what the name stands for has been done for this fingerprint."""
    (folder.run / f"{name}.fingerprint").write_text(fingerprint)


def _of(files: Iterable[Path]) -> str:
    digest = hashlib.sha256((ROOT / "bin" / "requirements" / "base.txt").read_bytes())
    for file in sorted(files):
        facts = file.stat()
        digest.update(f"{file.relative_to(ROOT)} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
