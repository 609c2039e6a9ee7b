"""PostgreSQL, Valkey and Asterisk: which to start, and as children of this process for tests, benchmarks, proofs."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field

from portal.run.asterisk.ports import sip_port_of
from portal.run.asterisk.server import Asterisk
from portal.run.console import Refusal, _, last_lines
from portal.run.folder import DataFolder
from portal.run.postgres import Postgres
from portal.run.processes import MARK, end_left_behind, ends_with_parent, free_port
from portal.run.server import Server
from portal.run.valkey import Valkey

SIGNAL_AGAIN_AFTER = 2  # seconds


@dataclass(frozen=True)
class Addresses:
    """Where the servers answer, whoever started them. `pbx` are the settings PORTAL_PBX_* of an own PBX, or empty."""

    database_url: str
    redis_url: str
    pbx: Mapping[str, str] = field(default_factory=dict)


def choose_servers(folder: DataFolder, *, durable: bool, pbx: bool = False) -> tuple[list[Server], Addresses]:
    """The embedded servers to start, each where the environment does not name one (DATABASE_URL, REDIS_URL), and the
    addresses of both. `durable` keeps what is written through a power failure; without it everything is quicker. With
    `pbx` an Asterisk too, unless PORTAL_PBX_HOST names one."""
    own: list[Server] = []
    database_url, redis_url = os.environ.get("DATABASE_URL"), os.environ.get("REDIS_URL")
    settings: Mapping[str, str] = {}
    if database_url is None:
        own.append(postgres := Postgres(folder, free_port(), durable=durable))
        database_url = postgres.url
    if redis_url is None:
        own.append(valkey := Valkey(folder, free_port(), durable=durable))
        redis_url = valkey.url
    if pbx and not os.environ.get("PORTAL_PBX_HOST"):
        own.append(asterisk := Asterisk(folder, sip_port=sip_port_of(folder), ami_port=free_port()))
        settings = asterisk.settings()
    return own, Addresses(database_url, redis_url, settings)


@contextmanager
def private_servers(folder: DataFolder, *, durable: bool) -> Iterator[Addresses]:
    """Start the servers of `choose_servers` as children of this process, and stop them at the end."""
    end_left_behind(folder)
    servers, addresses = choose_servers(folder, durable=durable)
    with ExitStack() as stack:
        for server in servers:
            stack.enter_context(running(server))
        yield addresses


@contextmanager
def running(server: Server) -> Iterator[subprocess.Popen]:
    """Start one server as a child of this process and wait until it answers; stop it at the end. Raises Refusal."""
    server.prepare()
    stop_signal = signal.Signals[f"SIG{server.stop_signal}"]
    options = server.identity.process_options() if isinstance(server, Postgres) else {}
    with server.log.open("wb") as log:
        process = subprocess.Popen(
            server.command(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=os.environ | {MARK: str(server.folder.path)},
            start_new_session=True,
            preexec_fn=ends_with_parent(stop_signal),
            **options,
        )

    def still_running() -> None:
        if process.poll() is not None:
            name = type(server).__name__
            raise Refusal(_("{name} stopped at its start:").format(name=name) + f"\n{last_lines(server.log)}")

    try:
        server.open(still_running)
        yield process
    finally:
        _stop(process, stop_signal, server)


def _stop(process: subprocess.Popen, stop_signal: signal.Signals, server: Server) -> None:
    """End the server, the database never by force. Asterisk loses a signal that comes while it loads: it gets more."""
    deadline = time.monotonic() + server.stop_seconds
    while isinstance(server, Postgres) or time.monotonic() < deadline:
        process.send_signal(stop_signal)
        with suppress(subprocess.TimeoutExpired):
            process.wait(SIGNAL_AGAIN_AFTER if isinstance(server, Asterisk) else server.stop_seconds)
            return
    process.kill()
    process.wait()
