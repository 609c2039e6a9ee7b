"""What the launcher asks of a server that it starts, whatever it is."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from portal.run.folder import DataFolder


class Server(Protocol):
    """One server below a data folder. Lower `priority` starts earlier and stops later; `stop_seconds` is how long it
    may take to stop after `stop_signal`."""

    name: str
    priority: int
    stop_signal: str
    stop_seconds: int
    folder: DataFolder
    log: Path

    @property
    def user(self) -> str | None:
        """The user it runs as, when that is another one than the caller."""

    def command(self) -> list[str]:
        """The command that runs it in the foreground."""

    def prepare(self) -> None:
        """Make what it needs before it starts. Raises Refusal."""

    def open(self, still_running: Callable[[], None]) -> None:
        """Wait until it answers; `still_running` raises when waiting is pointless."""
