"""Files of tenants in the PBX's configuration folder. A tenant's folder is replaced whole, by renaming (REL-11).

`tenants/t2` is in force, `tenants/.t2-before` is the version before it, `tenants/.t2-next` is being written. Asterisk
includes `tenants/*/…`, which does not match names that begin with a dot; the telephones' files are listed one by one in
`tenants/pjsip_….conf`. `.t2-unread` and `.shared-unread` name files that were placed and perhaps never read: whoever
was interrupted between the two lets them be read next time.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from django.utils.translation import gettext as _

from extensions.pbx.asterisk.pins import forget_pins, pins_of_telephones
from extensions.pbx.asterisk.sounds import fill_folder, lacks_some, link, place_greetings, write_whole
from extensions.pbx.driver import FileSet, PbxAway, PbxFault, Sound
from extensions.pbx.formats.values import word
from extensions.pbx.render.names import SOUNDS
from extensions.pbx.render.pjsip import FILES as LISTED

_FOLDER = 0o750  # PINs and HA1 stand in it


@dataclass(frozen=True, slots=True)
class Placed:
    """The names of files that the PBX has to read, and what it had of them; None where that is not known."""

    names: frozenset[str] = frozenset()
    before: Mapping[str, str] | None = field(default_factory=dict)


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

    def place(self, tenant: str, files: FileSet, sounds: Mapping[int, Sound] | None = None) -> Placed:
        """Put a tenant's files and announcements in place, all at once.

        Raises PbxFault where the folder cannot be written; then what was in force still is.
        """
        before = self.read(tenant)
        changed = frozenset(name for name in {*before, *files} if before.get(name) != files.get(name))
        unread = self._unread(tenant)
        sounds = sounds or {}
        if changed or lacks_some(self._at(tenant) / SOUNDS, sounds):
            following, here, past = self._at(f".{tenant}-next"), self._at(tenant), self._at(f".{tenant}-before")
            try:
                self._write(following, files, here, changed)
                self._to_read(tenant, unread | changed)
                fill_folder(following / SOUNDS, here / SOUNDS, sounds)
                shutil.rmtree(past, ignore_errors=True)
                if here.exists():
                    here.rename(past)
                following.rename(here)
                self._list()
            except OSError as fault:
                shutil.rmtree(following, ignore_errors=True)
                self._restore(here, past)
                raise PbxFault(_("The PBX's files cannot be written: %(why)s.") % {"why": fault.strerror}) from fault
        return Placed(changed | unread, None if unread else before)

    def was_read(self, *tenants: str) -> None:
        """The PBX has read what was placed, of these tenants and of all."""
        for name in ("shared", *tenants):
            self._at(f".{name}-unread").unlink(missing_ok=True)

    def greet(self, tenant: str, greetings: Mapping[int, Sound]) -> None:
        """Let a tenant's boxes greet with these; see `place_greetings`. Raises PbxFault."""
        if self.spool is None:
            return
        try:
            place_greetings(self.spool / "voicemail" / word(tenant), greetings)
        except OSError as fault:
            raise PbxFault(_("The greetings cannot be written: %(why)s.") % {"why": fault.strerror}) from fault

    def forget_pins(self, tenant: str, placed: Placed) -> None:
        """PINs that a page set count from now on, whatever telephones set before; see `pins`. Raises PbxFault."""
        if self.spool is None or placed.before is None or "voicemail.conf" not in placed.names:
            return
        try:
            now = _text(self._at(tenant) / "voicemail.conf") or ""
            forget_pins(self.spool / "voicemail" / word(tenant), placed.before.get("voicemail.conf", ""), now)
        except OSError as fault:
            raise PbxFault(_("The PINs cannot be written: %(why)s.") % {"why": fault.strerror}) from fault

    def pins_of_telephones(self, tenant: str) -> dict[int, str]:
        """PINs that telephones set and the files in force do not have, by box. Raises PbxAway."""
        text = _text(self._at(tenant) / "voicemail.conf")
        if self.spool is None or text is None:
            return {}
        try:
            return pins_of_telephones(self.spool / "voicemail" / word(tenant), text)
        except OSError as fault:
            raise PbxAway(_("The PINs cannot be read: %(why)s.") % {"why": fault.strerror}) from fault

    def place_shared(self, files: FileSet) -> frozenset[str]:
        """Put the files that all tenants share in place, each by itself; the names of those to be read."""
        folder = self.root / "shared"
        unread = self._unread("shared")
        changed = frozenset(name for name, text in files.items() if _text(folder / name) != text)
        try:
            self._to_read("shared", unread | changed)
            for name in changed:
                self._write_one(folder / name, files[name])
        except OSError as fault:
            raise PbxFault(_("The PBX's files cannot be written: %(why)s.") % {"why": fault.strerror}) from fault
        return changed | unread

    def go_back(self, tenant: str) -> frozenset[str]:
        """Put the version before in force again, or nothing where there was none; the names of files that differ."""
        here, past = self._at(tenant), self._at(f".{tenant}-before")
        now, then = self._files(here), self._files(past)
        shutil.rmtree(here, ignore_errors=True)
        self._restore(here, past)
        self._list()
        return frozenset(name for name in {*now, *then} if now.get(name) != then.get(name))

    def remove(self, tenant: str) -> frozenset[str]:
        """Take a tenant's files away; the names of those that were there."""
        gone = frozenset(self.read(tenant))
        for name in (tenant, f".{tenant}-next", f".{tenant}-before"):
            shutil.rmtree(self._at(name), ignore_errors=True)
        self._at(f".{tenant}-unread").unlink(missing_ok=True)
        self._list()
        return gone

    def _at(self, name: str) -> Path:
        word(name.lstrip("."))
        return self.root / "tenants" / name

    def _restore(self, here: Path, past: Path) -> None:
        if past.exists() and not here.exists():
            past.rename(here)

    def _unread(self, name: str) -> frozenset[str]:
        return frozenset((_text(self._at(f".{name}-unread")) or "").split())

    def _to_read(self, name: str, files: frozenset[str]) -> None:
        if files:
            self._write_one(self._at(f".{name}-unread"), "\n".join(sorted(files)))

    def _list(self) -> None:
        """Name the telephones' files of every tenant; written only where tenants came or went."""
        there = sorted(path.name for path in (self.root / "tenants").glob("[!.]*") if path.is_dir())
        for file in LISTED:
            path = self.root / "tenants" / file
            text = "".join(f"#tryinclude tenants/{name}/{file}\n" for name in there)
            if _text(path) != text:
                self._write_one(path, text)

    def _write(self, folder: Path, files: Mapping[str, str], here: Path, changed: frozenset[str]) -> None:
        """What is as it was keeps its file: Asterisk knows by the time of a file whether it has read it."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=_FOLDER, parents=True)
        for name, text in files.items():
            if name in changed:
                self._write_one(folder / word(name), text)
            else:
                link(here / name, folder / word(name))

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
