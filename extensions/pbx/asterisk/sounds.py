"""Sounds of tenants in the PBX's folders: announcements beside the configuration, greetings in the voicemail boxes."""

import logging
import os
import shutil
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from extensions.pbx.driver import NotConverted, Sound
from extensions.pbx.formats.values import word
from extensions.pbx.render.names import announcement

log = logging.getLogger(__name__)
_FILE, _FOLDER = 0o640, 0o750
# Both greetings of Asterisk: nobody answers, and the line is busy. What people upload is played for either.
_GREETINGS = ("unavail.wav", "busy.wav")
_NOTE = ".placed"  # in a box: which sound the portal placed, and what its file was


def fill_folder(folder: Path, before: Path, announcements: Mapping[int, Sound]) -> None:
    """Make `folder` hold these announcements; what `before` has already is linked, not made again. Raises OSError."""
    folder.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
    for id, sound in announcements.items():
        name = f"{announcement(id)}-{sound.digest[:16]}.wav"
        kept = before / name
        if kept.is_file():
            link(kept, folder / name)
        elif (data := _read(sound)) is not None:
            write_whole(folder / name, data)
        else:
            continue
        link(folder / name, folder / f"{announcement(id)}.wav")


def lacks_some(folder: Path, announcements: Mapping[int, Sound]) -> bool:
    """Whether an announcement is not there, or as another sound."""
    names = set(os.listdir(folder)) if folder.is_dir() else set()
    return any(f"{announcement(id)}-{sound.digest[:16]}.wav" not in names for id, sound in announcements.items())


def place_greetings(boxes: Path, greetings: Mapping[int, Sound]) -> None:
    """Let the boxes below `boxes`, a tenant's folder, greet with these; boxes that are not named get their own back.

    What somebody recorded on the telephone after the portal placed a greeting stays. Raises OSError.
    """
    placed = {int(path.parent.name) for path in boxes.glob(f"*/{_NOTE}") if path.parent.name.isdigit()}
    for box in placed - greetings.keys():
        _take_away(boxes / str(box))
    for box, sound in greetings.items():
        _place(boxes / word(str(box)), sound)


def _place(box: Path, sound: Sound) -> None:
    note = box / _NOTE
    if note.is_file() and note.read_text().split(" ")[0] == sound.digest:
        return
    data = _read(sound)
    if data is None:
        return
    box.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
    for name in _GREETINGS:
        write_whole(box / name, data)
    write_whole(note, f"{sound.digest} {sha256(data).hexdigest()}".encode())


def _take_away(box: Path) -> None:
    digest = (box / _NOTE).read_text().split(" ")[-1]
    for name in _GREETINGS:
        path = box / name
        if path.is_file() and sha256(path.read_bytes()).hexdigest() == digest:
            path.unlink()
    (box / _NOTE).unlink()


def _read(sound: Sound) -> bytes | None:
    try:
        return sound.read()
    except NotConverted as fault:
        log.warning("a sound is left out: %s", fault)
        return None


def link(kept: Path, name: Path) -> None:
    """The same bytes under another name, without room of their own where the disk can do that."""
    try:
        os.link(kept, name)
    except OSError:
        shutil.copyfile(kept, name)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, on the disk before it takes the old one's place. Raises OSError."""
    fresh = path.with_name(f".{path.name}-next")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _FILE), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(path)
