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


@contextmanager
def private_servers(folder: DataFolder, *, durable: bool) -> Iterator[Addresses]:
    """Start what the environment does not name (DATABASE_URL, REDIS_URL), and stop it at the end. `durable` keeps
    what is written through a power failure, as in production; without it everything is quicker."""
    end_left_behind(folder)
    with ExitStack() as stack:
        database_url = os.environ.get("DATABASE_URL")
        redis_url = os.environ.get("REDIS_URL")
        if database_url is None:
            database_url = stack.enter_context(_running(Postgres(folder, free_port(), durable=durable)))
        if redis_url is None:
            redis_url = stack.enter_context(_running(Valkey(folder, free_port(), durable=durable)))
        yield Addresses(database_url, redis_url)


@contextmanager
def _running(server: Postgres | Valkey) -> Iterator[str]:
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
        yield server.url
    finally:
        process.send_signal(stop_signal)
        process.wait()
