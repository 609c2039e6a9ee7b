"""Reading voicemail messages where Asterisk keeps them: `voicemail/t2/23/INBOX/msg0000.{txt,wav}` below the spool.

Reading needs no connection, so that messages can be heard while the manager interface is away. Changes are Asterisk's
own: it numbers files anew when one goes, and tells the lamps.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from extensions.pbx.driver import PbxAway
from extensions.pbx.formats.values import word
from extensions.pbx.messages import Folder, Message

# Asterisk's own bin takes part in every move, so what pages delete goes into a folder that nothing else uses.
BIN = "Cust5"
NEW, OLD = "INBOX", "Old"
FOLDERS = {
    NEW: Folder.NEW, "Urgent": Folder.NEW, OLD: Folder.READ, "Work": Folder.READ, "Family": Folder.READ,
    "Friends": Folder.READ, "Cust1": Folder.READ, "Cust2": Folder.READ, "Cust3": Folder.READ, "Cust4": Folder.READ,
    BIN: Folder.DELETED,
}  # fmt: skip
PLACES = {Folder.NEW: NEW, Folder.READ: OLD, Folder.DELETED: BIN}
ID = re.compile(r"[0-9A-Za-z-]{1,64}", re.ASCII)
_CALLER = re.compile(r'(?:"?(?P<name>[^"<]*)"?\s*)?<(?P<number>[^>]*)>')
_LINE = re.compile(r"([a-z_]+)=(.*)")
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Kept:
    """A message, the folder that Asterisk calls it by, and its sound."""

    message: Message
    folder: str
    sound: Path


class Spool:
    """The voicemail below a spool folder."""

    def __init__(self, spool_folder: str) -> None:
        self.root = Path(spool_folder) / "voicemail" if spool_folder else None

    def messages(self, tenant: str, boxes: Collection[int] | None = None) -> list[Kept]:
        """The messages of these boxes, or of all. Raises PbxAway where the folder cannot be read."""
        if self.root is None or not self.root.parent.is_dir():
            raise PbxAway(_("The folder with the messages cannot be reached."))
        try:
            return [kept for folder in self._folders(tenant, boxes) for kept in _in(folder)]
        except OSError as fault:
            words = _("The folder with the messages cannot be read: %(why)s.")
            raise PbxAway(words % {"why": fault.strerror}) from fault

    def find(self, tenant: str, box: int, message: str) -> Kept | None:
        """A message by its id."""
        if not ID.fullmatch(message):
            return None
        return next((one for one in self.messages(tenant, [box]) if one.message.id == message), None)

    def sound(self, tenant: str, box: int, message: str) -> bytes | None:
        """A message's WAV file. Files are numbered anew at any moment, so it is looked whose it was."""
        for _try in range(_TRIES):
            kept = self.find(tenant, box, message)
            if kept is None:
                return None
            try:
                data = kept.sound.read_bytes()
            except OSError:
                continue
            after = self.find(tenant, box, message)
            if after is not None and after.sound == kept.sound:
                return data
        return None

    def _folders(self, tenant: str, boxes: Collection[int] | None) -> Iterator[Path]:
        assert self.root is not None  # noqa: S101 - asked above
        own = self.root / word(tenant)
        if boxes is None:
            found = sorted(path.name for path in own.iterdir() if path.name.isdigit()) if own.is_dir() else []
        else:
            found = [f"{box:d}" for box in boxes]
        for box in found:
            for name in FOLDERS:
                if (own / box / name).is_dir():
                    yield own / box / name


def _in(folder: Path) -> Iterator[Kept]:
    for path in sorted(folder.glob("msg*.txt")):
        told = _told(path)
        message = _message(int(folder.parent.name), FOLDERS[folder.name], told)
        if message is not None:
            yield Kept(message, folder.name, path.with_suffix(".wav"))


def _told(path: Path) -> dict[str, str]:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:  # moved on while we were looking
        return {}
    return {found[1]: found[2].strip() for line in text.splitlines() if (found := _LINE.fullmatch(line))}


def _message(box: int, folder: Folder, told: dict[str, str]) -> Message | None:
    id, at = told.get("msg_id", ""), told.get("origtime", "")
    if not (ID.fullmatch(id) and at.isdigit()):
        return None
    number, name = _caller(told.get("callerid", ""))
    seconds = told.get("duration", "")
    moment = datetime.fromtimestamp(int(at), UTC)
    return Message(box, id, folder, number, name, moment, int(seconds) if seconds.isdigit() else 0)


def _caller(text: str) -> tuple[str, str]:
    """Number and name of `"Ann Lee" <101>`, `<101>`, `101` or `Unknown`."""
    found = _CALLER.search(text)
    number, name = (found["number"], (found["name"] or "").strip()) if found else (text.strip(), "")
    if not re.fullmatch(r"\+?[0-9*#]{1,32}", number):
        number = ""
    plain = "".join(sign for sign in name if sign.isprintable())[:80]
    return number, "" if plain == number else plain
