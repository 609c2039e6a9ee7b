"""Processes on this machine: free ports, children that end with their parent, and what a killed run left behind."""

import ctypes
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

from portal.run.console import Refusal, _
from portal.run.folder import DataFolder

MARK = "PORTAL_RUN"  # stands in the environment of every server; holds the data folder it was started for
PR_SET_PDEATHSIG = 1


def free_port() -> int:
    """A port of the loopback address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def refuse_taken_port(port: int) -> None:
    """Raise Refusal when the portal cannot listen on `port`."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen(1)
        except PermissionError as fault:
            raise Refusal(
                _("Port {port} is reserved for root: choose one above 1023 with --port.").format(port=port)
            ) from fault
        except OSError as fault:
            raise Refusal(
                _("Port {port} is taken by another program: choose another one, such as --port {other}.").format(
                    port=port, other=port + 1 if port < 65535 else 8000
                )
            ) from fault


def ends_with_parent(with_signal: signal.Signals) -> Callable[[], None] | None:
    """What subprocess runs in the child so that it gets `with_signal` when this process dies, however it dies."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl

    def prepare() -> None:
        prctl(PR_SET_PDEATHSIG, int(with_signal))

    return prepare


def stop_at_signals() -> None:
    """From now on Ctrl-C, a stop from outside and a closed terminal all raise KeyboardInterrupt, once."""
    wanted = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop(_number: int, _frame: object) -> None:
        for number in wanted:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in wanted:
        signal.signal(number, stop)


def left_behind(folder: DataFolder) -> list[int]:
    """Servers started for this data folder that still run; on Linux, where the environment of a process can be read."""
    mark = f"{MARK}={folder.path}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (entry / "environ").read_bytes().split(b"\0") and int(entry.name) != os.getpid():
                found.append(int(entry.name))
        except OSError:
            continue  # ended meanwhile, or somebody else's
    return found


def end_left_behind(folder: DataFolder) -> int:
    """End what `left_behind` finds, the database last and never by force. Returns how many there were."""
    found = left_behind(folder)
    databases = {pid for pid in found if _is_postgres(pid)}
    _end(set(found) - databases, signal.SIGTERM, lambda: _alive(found) - databases)
    _end(_alive(found) - databases, signal.SIGKILL, lambda: _alive(found) - databases)
    _end(databases, signal.SIGINT, lambda: _alive(databases))
    return len(found)


def _end(pids: set[int], with_signal: signal.Signals, remaining: Callable[[], set[int]]) -> None:
    for pid in pids:
        try:
            os.kill(pid, with_signal)
        except ProcessLookupError:
            continue
    deadline = time.monotonic() + 10
    while pids and remaining() and time.monotonic() < deadline:
        time.sleep(0.05)


def _alive(pids: "set[int] | list[int]") -> set[int]:
    return {pid for pid in pids if _state(pid) not in ("", "Z")}


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def _is_postgres(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip() == "postgres"
    except OSError:
        return False
