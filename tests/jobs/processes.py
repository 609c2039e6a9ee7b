"""Real servers and real workers, started, killed, suspended and stopped by the tests."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from portal.celery import app
from portal.run.folder import DataFolder
from portal.run.processes import free_port
from portal.run.valkey import Valkey
from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
LEASE_SECONDS = 1.5
SWEEP_SECONDS = 0.4


def eventually(is_so: Callable[[], bool], *, what: str, within: float = PATIENCE) -> float:
    """Wait until `is_so()`; returns after how many seconds. Fails the test after `within` seconds."""
    began = time.monotonic()
    while not is_so():
        if time.monotonic() - began > within:
            raise AssertionError(f"not within {within} s: {what}")
        time.sleep(0.05)
    return time.monotonic() - began


class Broker:
    """A queue server of the test's own, which may die and come back empty."""

    def __init__(self, path: Path) -> None:
        folder = DataFolder(path)
        folder.prepare()
        self.server = Valkey(folder, free_port(), durable=False)
        self.process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return self.server.url

    def start(self) -> None:
        self.server.prepare()
        with self.server.log.open("ab") as log:
            self.process = subprocess.Popen(self.server.command(), stdout=log, stderr=log)
        self.server.open(lambda: None)

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


class Worker:
    """One Celery worker with its child processes, in a process group of its own."""

    def __init__(
        self, folder: Path, broker: Broker, *, application: str, options: tuple[str, ...], **variables: str
    ) -> None:
        self.log = folder / f"worker-{time.monotonic_ns()}.log"
        command = [sys.executable, "-m", "celery", "-A", application, "worker", "--loglevel", "INFO"]
        command += ["--queues", "provision,bulk,mail,default", "--without-gossip", "--without-mingle"]
        command += ["--without-heartbeat", "-n", f"w{time.monotonic_ns()}@test", *options]
        environment = {
            **os.environ,
            "REDIS_URL": broker.url,
            "PORTAL_DATA": str(folder),
            **variables,
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
            )

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def wait_until_ready(self) -> None:
        eventually(lambda: not self.is_alive() or " ready." in self.said(), within=60, what="the worker is ready")

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def finished(self) -> int:
        """How many messages it has worked off."""
        return self.said().count(" succeeded in ") + self.said().count(" raised unexpected")

    def terminate(self) -> None:
        """Ask it to stop, as the supervisor does."""
        self.process.terminate()

    def kill(self) -> None:
        """End the whole group at once."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        finally:
            self.process.wait()


class Plant:
    """Broker, clock and workers of one test."""

    def __init__(self, folder: Path, stack: ExitStack, *, lease: float, sweep: float) -> None:
        self.folder = folder
        self.sweep = sweep
        self.variables = {"PORTAL_LEASE_SECONDS": str(lease), "PORTAL_SWEEP_SECONDS": str(sweep)}
        self.stack = stack
        self.broker = Broker(folder)
        self.broker.start()
        stack.callback(self.broker.kill)
        before = app.conf.broker_url
        app.conf.broker_url = self.broker.url
        stack.callback(lambda: setattr(app.conf, "broker_url", before))
        self._stop = threading.Event()
        clock = threading.Thread(target=self._tick, daemon=True)
        clock.start()
        stack.callback(clock.join)
        stack.callback(self._stop.set)

    def worker(
        self, *, kill_at: str = "-", application: str = "tests.jobs.worker", options: tuple[str, ...] = ("-c", "1")
    ) -> Worker:
        """Start a worker and wait until it is ready (or has given up)."""
        variables = self.variables | {"PORTAL_KILL_AT": kill_at}
        worker = Worker(self.folder, self.broker, application=application, options=options, **variables)
        self.stack.callback(worker.kill)
        worker.wait_until_ready()
        return worker

    def send(self, name: str, **kwargs: object) -> None:
        """Send any message to the workers, over a connection of its own."""
        with app.connection_for_write(self.broker.url) as connection:
            app.send_task(name, kwargs=kwargs, queue="default", connection=connection, retry=False, expires=60)

    def _tick(self) -> None:
        """What beat does, without the seconds that a process of its own takes to start. Touches no database."""
        while not self._stop.wait(self.sweep):
            try:
                self.send("jobs.sweep")
            except Exception:  # noqa: BLE001, S112 - the server is away on purpose
                continue


@contextmanager
def plant(folder: Path, *, lease: float = LEASE_SECONDS, sweep: float = SWEEP_SECONDS) -> Iterator[Plant]:
    """Everything a test needs besides its database; all of it ends with the block. Lease and sweep in seconds."""
    with ExitStack() as stack:
        yield Plant(folder, stack, lease=lease, sweep=sweep)


def child_of(leased_by: str) -> int:
    """The process that holds a lease."""
    return int(leased_by.rsplit(":", 1)[1])
