"""The data folder of one installation: where everything is, its secrets, and the lock of the command that uses it."""

import fcntl
import hashlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

from portal.run.console import Refusal, _

NEEDED_BYTES = 300 * 1024 * 1024
LONGEST_SOCKET_PATH = 90  # the system allows about 100 bytes; supervisor adds a suffix while it starts


class DataFolder:
    """Paths below one folder. Nothing is written before `prepare`."""

    def __init__(self, path: Path) -> None:
        self.path = path.expanduser().resolve()
        self.secrets = self.path / "secrets"
        self.run = self.path / "run"
        self.log = self.path / "log"
        self.mail = self.path / "mail"
        self.static = self.path / "static"
        self.cluster = self.path / "postgres"

    def prepare(self) -> None:
        """Make the folders. Raises Refusal when the place cannot be written or has less than 300 MB free."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            for folder in (self.secrets, self.run, self.log, self.mail, self.static):
                folder.mkdir(mode=0o700, exist_ok=True)
            probe = self.run / "probe"
            probe.write_bytes(b"")
            probe.unlink()
        except OSError as fault:
            raise Refusal(
                _("The data folder {path} cannot be written: {reason}.").format(path=self.path, reason=fault.strerror)
            ) from fault
        free = shutil.disk_usage(self.path).free
        if free < NEEDED_BYTES:
            raise Refusal(
                _("The disk of {path} has {free} MB free; at least {needed} MB are needed.").format(
                    path=self.path, free=free // 2**20, needed=NEEDED_BYTES // 2**20
                )
            )

    def secret(self, name: str) -> str:
        """The named secret, made at random the first time; its file is readable by its owner alone."""
        file = self.secrets / name
        if not file.exists():
            fresh = file.with_suffix(".new")
            fresh.unlink(missing_ok=True)
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
                handle.write(secrets.token_urlsafe(48))
            fresh.rename(file)
        return file.read_text()

    def socket(self, name: str) -> Path:
        """Where a server of this folder puts its local socket; in a private folder elsewhere when the path is too long
        for one. Raises Refusal when that one is somebody else's."""
        near = self.run / name
        if len(os.fsencode(near)) <= LONGEST_SOCKET_PATH:
            return near
        digest = hashlib.sha256(str(self.path).encode()).hexdigest()[:12]
        private = Path(tempfile.gettempdir()) / f"trunkline-{os.geteuid()}-{digest}"
        private.mkdir(mode=0o700, exist_ok=True)
        if private.is_symlink() or private.stat().st_uid != os.geteuid():
            raise Refusal(_("The folder {path} belongs to somebody else.").format(path=private))
        return private / name

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder for this process. Raises Refusal when another one holds it."""
        with self._lock_file() as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as taken:
                holder = (self.run / "lock").read_text().strip() or "?"
                raise Refusal(
                    _(
                        "Another command (process {pid}) already uses the data folder {path}: "
                        "stop it, or choose another folder with --data."
                    ).format(pid=holder, path=self.path)
                ) from taken
            handle.truncate(0)
            handle.write(f"{os.getpid()}\n")
            handle.flush()
            yield

    def _lock_file(self) -> TextIO:
        # Append mode neither empties the file of the process that holds it nor needs it to exist.
        return (self.run / "lock").open("a")


@contextmanager
def free_folder(parent: Path, name: str) -> Iterator[DataFolder]:
    """Hold the first of `name`, `name-2`, `name-3` ... that no other command uses: two test runs may go on at once."""
    for number in range(1, 20):
        folder = DataFolder(parent / (name if number == 1 else f"{name}-{number}"))
        folder.prepare()
        with ExitStack() as held:
            try:
                held.enter_context(folder.locked())
            except Refusal:
                continue
            yield folder
            return
    raise Refusal(_("Too many commands are running in {path}.").format(path=parent))
