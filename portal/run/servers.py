"""PostgreSQL and Valkey as children of this process, for tests, benchmarks and proofs."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from portal.run.console import Refusal, _, last_lines
from portal.run.folder import DataFolder
from portal.run.postgres import Postgres
from portal.run.processes import MARK, end_left_behind, ends_with_parent, free_port
from portal.run.valkey import Valkey


@dataclass(frozen=True)
class Addresses:
    """Where the two servers answer, whoever started them."""

    database_url: str
    redis_url: str


def choose_servers(folder: DataFolder, *, durable: bool) -> tuple[list[Postgres | Valkey], Addresses]:
    """The embedded servers to start, each where the environment does not name one (DATABASE_URL, REDIS_URL), and the
    addresses of both. `durable` keeps what is written through a power failure; without it everything is quicker."""
    own: list[Postgres | Valkey] = []
    database_url, redis_url = os.environ.get("DATABASE_URL"), os.environ.get("REDIS_URL")
    if database_url is None:
        own.append(Postgres(folder, free_port(), durable=durable))
    if redis_url is None:
        own.append(Valkey(folder, free_port(), durable=durable))
    found = {server.name: server.url for server in own}
    return own, Addresses(database_url or found["postgres"], redis_url or found["valkey"])


@contextmanager
def private_servers(folder: DataFolder, *, durable: bool) -> Iterator[Addresses]:
    """Start the servers of `choose_servers` as children of this process, and stop them at the end."""
    end_left_behind(folder)
    servers, addresses = choose_servers(folder, durable=durable)
    with ExitStack() as stack:
        for server in servers:
            stack.enter_context(_running(server))
        yield addresses


@contextmanager
def _running(server: Postgres | Valkey) -> Iterator[None]:
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
        yield
    finally:
        process.send_signal(stop_signal)
        process.wait()
