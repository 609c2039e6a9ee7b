"""From package files to a folder that programs run in."""

import os
import shutil
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from portal.run.console import Refusal, _

NOT_NEEDED = ("usr/share/doc", "usr/share/man", "usr/share/locale", "usr/share/perl", "usr/share/lintian", "var")
MANIFEST = "packages.txt"
ENGLISH = "en_US_f_Allison"  # the voice whose name the packages' own scripts, which do not run here, shorten to "en"


def unpack(packages: list[Path], root: Path) -> None:
    """Unpack every package below `root`, with a manifest of names and versions beside it. Raises Refusal when the disk
    is full or a package is broken."""
    root.mkdir(parents=True)
    with ThreadPoolExecutor(os.cpu_count() or 1) as workers:
        facts = list(workers.map(lambda package: _unpack_one(package, root), packages))
    for folder in NOT_NEEDED:
        shutil.rmtree(root / folder, ignore_errors=True)
    _take_privileges_away(root)
    sounds = root / "usr/share/asterisk/sounds"
    if (sounds / ENGLISH).is_dir() and not (sounds / "en").exists():
        (sounds / "en").symlink_to(ENGLISH)
    (root / MANIFEST).write_text("".join(sorted(facts)))


def version_in(root: Path, package: str) -> str:
    """The version of `package` in the manifest, without Debian's epoch."""
    for line in (root / MANIFEST).read_text().splitlines():
        name, version = line.split(" ", 1)
        if name == package:
            return version.rpartition(":")[2]
    raise LookupError(package)


def _unpack_one(package: Path, root: Path) -> str:
    done = subprocess.run(["dpkg-deb", "-x", str(package), str(root)], check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise Refusal(
            _("{package} could not be unpacked: {reason}").format(package=package.name, reason=done.stderr.strip())
        )
    asked = ["dpkg-deb", "--show", "--showformat", "${Package} ${Version}\n", str(package)]
    return subprocess.run(asked, check=True, capture_output=True, text=True).stdout


def _take_privileges_away(root: Path) -> None:
    """Unpacked by root, `passwd` and the like would be programs that make anybody root, and nobody would mend them."""
    for file in root.rglob("*"):
        if file.is_symlink():
            continue
        mode = stat.S_IMODE(file.stat().st_mode)
        if mode & (stat.S_ISUID | stat.S_ISGID):
            file.chmod(mode & 0o777)
