"""The folder of one Asterisk below a data folder: what it writes, and links to what came with its packages."""

from pathlib import Path

from portal.run.asterisk.installed import Installed

FOLDERS = (
    "etc",
    "lib",
    "cache",
    "db",
    "keys",
    "sbin",
    "data/sounds",
    "spool/voicemail",
    "spool/outgoing",
    "spool/tmp",
    "log/cdr-csv",
    "log/cdr-custom",
)


def prepare_home(home: Path, installed: Installed) -> None:
    """Make the folders below `home`, and link sounds, music and descriptions of the version that runs now."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in FOLDERS:
        (home / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    came_with = installed.folder("share/asterisk", "../var/lib/asterisk")
    for entry in came_with.iterdir():
        if entry.name != "sounds":
            _link(home / "data" / entry.name, entry)
    for language in (came_with / "sounds").iterdir():
        _link(home / "data/sounds" / language.name, language)
    (home / "data/moh").mkdir(exist_ok=True)  # where no music came along


def _link(place: Path, target: Path) -> None:
    """Let `place` lead to `target`, unless somebody put a real folder there."""
    if place.is_symlink():
        if place.readlink() == target:
            return
        place.unlink()
    if not place.exists():
        place.symlink_to(target)
