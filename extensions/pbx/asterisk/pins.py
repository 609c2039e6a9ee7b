"""PINs of voicemail boxes that telephones changed: Asterisk keeps them as `secret.conf` beside the messages.

Such a file counts more than the PIN in voicemail.conf, for ever. So whoever sets another PIN on a page takes it away.
"""

import re
from collections.abc import Iterator
from pathlib import Path

_FILE = "secret.conf"
_PIN = re.compile(r"^\s*password\s*=>?\s*([0-9]{4,10})\s*$", re.MULTILINE)
_LINE = re.compile(r"^([0-9]+) => (.*)$", re.MULTILINE)
_BOX = re.compile(r"^([0-9]+) => ([0-9]+|-),", re.MULTILINE)


def pins_in(text: str) -> dict[int, str]:
    """The PINs of a rendered voicemail.conf, by box; empty where a box has none."""
    return {int(box): pin.removeprefix("-") for box, pin in _BOX.findall(text)}


def boxes_in(text: str) -> dict[int, str]:
    """What a rendered voicemail.conf says about each of its boxes."""
    return {int(box): said for box, said in _LINE.findall(text)}


def pins_of_telephones(boxes: Path, in_force: str) -> dict[int, str]:
    """The PINs below `boxes`, a tenant's folder, that differ from those of the voicemail.conf in force."""
    known = pins_in(in_force)
    return {box: pin for box, pin in _kept(boxes) if box in known and known[box] != pin}


def forget_pins(boxes: Path, before: str, now: str) -> None:
    """Let the PINs of `now` hold where a page changed them, or where they are what telephones set. Raises OSError."""
    past, meant = pins_in(before), pins_in(now)
    for box, pin in list(_kept(boxes)):
        if box in meant and (meant[box] != past.get(box, meant[box]) or meant[box] == pin):
            (boxes / str(box) / _FILE).unlink(missing_ok=True)


def _kept(boxes: Path) -> Iterator[tuple[int, str]]:
    for path in boxes.glob(f"*/{_FILE}"):
        found = _PIN.search(path.read_text(encoding="utf-8", errors="replace"))
        if found and path.parent.name.isdigit():
            yield int(path.parent.name), found[1]
