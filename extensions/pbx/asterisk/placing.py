"""Files of tenants in the PBX's configuration folder. A tenant's folder is replaced whole, by renaming (REL-11).

`tenants/t2` is in force, `tenants/.t2-before` is the version before it, `tenants/.t2-next` is being written. Asterisk
includes `tenants/*/…`, which does not match names that begin with a dot.
"""

import shutil
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from django.utils.translation import gettext as _

from extensions.pbx.asterisk.sounds import fill_folder, lacks_some, place_greetings, write_whole
from extensions.pbx.driver import FileSet, PbxFault, Sound
from extensions.pbx.formats.values import word
from extensions.pbx.render.names import SOUNDS

_FOLDER = 0o750  # PINs and HA1 stand in it


def digest_of(files: FileSet) -> str:
    """What tells one set of files from another."""
    found = sha256()
    for name in sorted(files):
        found.update(f"{name}\0{len(files[name])}\0{files[name]}".encode())
    return found.hexdigest()


class Placing:
    """The tenants' folders below `config_folder`, and their voicemail boxes below `spool_folder`."""

    def __init__(self, config_folder: str, spool_folder: str = "") -> None:
        self.root = Path(config_folder)
        self.spool = Path(spool_folder) if spool_folder else None

    def read(self, tenant: str) -> dict[str, str]:
        """The files in force for a tenant; empty where there are none."""
        return self._files(self._at(tenant))

    def place(self, tenant: str, files: FileSet, sounds: Mapping[int, Sound] | None = None) -> frozenset[str]:
        """Put a tenant's files and announcements in place, all at once; the names of those that differ from before.

        Raises PbxFault where the folder cannot be written; then what was in force still is.
        """
        before = self.read(tenant)
        changed = frozenset(name for name in {*before, *files} if before.get(name) != files.get(name))
        sounds = sounds or {}
        if changed or lacks_some(self._at(tenant) / SOUNDS, sounds):
            following, here, past = self._at(f".{tenant}-next"), self._at(tenant), self._at(f".{tenant}-before")
            try:
                self._write(following, files)
                fill_folder(following / SOUNDS, here / SOUNDS, sounds)
                shutil.rmtree(past, ignore_errors=True)
                if here.exists():
                    here.rename(past)
                following.rename(here)
            except OSError as fault:
                shutil.rmtree(following, ignore_errors=True)
                self._restore(here, past)
                raise PbxFault(_("The PBX's files cannot be written: %(why)s.") % {"why": fault.strerror}) from fault
        return changed

    def greet(self, tenant: str, greetings: Mapping[int, Sound]) -> None:
        """Let a tenant's boxes greet with these; see `place_greetings`. Raises PbxFault."""
        if self.spool is None:
            return
        try:
            place_greetings(self.spool / "voicemail" / word(tenant), greetings)
        except OSError as fault:
            raise PbxFault(_("The greetings cannot be written: %(why)s.") % {"why": fault.strerror}) from fault

    def place_shared(self, files: FileSet) -> frozenset[str]:
        """Put the files that all tenants share in place, each by itself; the names of those that differ."""
        folder = self.root / "shared"
        changed = frozenset(name for name, text in files.items() if _text(folder / name) != text)
        try:
            for name in changed:
                self._write_one(folder / name, files[name])
        except OSError as fault:
            raise PbxFault(_("The PBX's files cannot be written: %(why)s.") % {"why": fault.strerror}) from fault
        return changed

    def go_back(self, tenant: str) -> frozenset[str]:
        """Put the version before in force again, or nothing where there was none; the names of files that differ."""
        here, past = self._at(tenant), self._at(f".{tenant}-before")
        now, then = self._files(here), self._files(past)
        shutil.rmtree(here, ignore_errors=True)
        self._restore(here, past)
        return frozenset(name for name in {*now, *then} if now.get(name) != then.get(name))

    def remove(self, tenant: str) -> frozenset[str]:
        """Take a tenant's files away; the names of those that were there."""
        gone = frozenset(self.read(tenant))
        for name in (tenant, f".{tenant}-next", f".{tenant}-before"):
            shutil.rmtree(self._at(name), ignore_errors=True)
        return gone

    def _at(self, name: str) -> Path:
        word(name.lstrip("."))
        return self.root / "tenants" / name

    def _restore(self, here: Path, past: Path) -> None:
        if past.exists() and not here.exists():
            past.rename(here)

    def _write(self, folder: Path, files: Mapping[str, str]) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=_FOLDER, parents=True)
        for name, text in files.items():
            self._write_one(folder / word(name), text)

    def _write_one(self, path: Path, text: str) -> None:
        """Whole or not at all, and on the disk before it takes the old one's place."""
        path.parent.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
        write_whole(path, text.encode())

    def _files(self, folder: Path) -> dict[str, str]:
        if not folder.is_dir():
            return {}
        return {path.name: text for path in folder.glob("*.conf") if (text := _text(path)) is not None}


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
