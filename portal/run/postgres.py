"""The embedded PostgreSQL: making its files, the command that runs it, and the role the portal signs in with."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
from psycopg import sql

from portal.run import identity
from portal.run.console import Refusal, _, say
from portal.run.folder import DataFolder

ROLE = DATABASE = "portal"
SUPERUSER = "postgres"
ALWAYS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "60",
    "max_locks_per_transaction": "256",
    "shared_buffers": "256MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
FAST_AND_FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum_naptime": "5min",
    "max_wal_size": "512MB",  # these files may be in memory
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


class Postgres:
    """One cluster below a data folder, on one port of the loopback address."""

    name = "postgres"
    priority = 10
    stop_signal = "INT"
    stop_seconds = 60  # it needs time to write what it holds

    def __init__(self, folder: DataFolder, port: int, *, durable: bool = True) -> None:
        self.folder = folder
        self.port = port
        self.durable = durable
        self.identity = identity.choose(folder)
        self.log = folder.log / "postgres.log"

    @property
    def user(self) -> str | None:
        """The user it runs as, when that is another one than the caller."""
        return self.identity.user

    @property
    def url(self) -> str:
        """Where the portal connects, with its password."""
        password = self.folder.secret("database_password")
        return f"postgresql://{ROLE}:{password}@127.0.0.1:{self.port}/{DATABASE}"

    def command(self) -> list[str]:
        """The command that runs the server in the foreground, without the change of user."""
        settings = ALWAYS if self.durable else ALWAYS | FAST_AND_FORGETFUL
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [*self._program("postgres"), "-D", str(self.identity.cluster), "-p", str(self.port), *options]

    def prepare(self) -> None:
        """Make the files the first time. Raises Refusal when another major version of PostgreSQL wrote them."""
        cluster = self.identity.cluster
        if cluster != self.folder.cluster:
            say(
                _("The user {user} cannot reach this folder: the database is in {path}.").format(
                    user=self.user, path=cluster
                )
            )
        if not cluster.exists():
            self._create()
        try:
            self.identity.own(cluster)
            written_by = (cluster / "PG_VERSION").read_text().strip()
        except OSError as fault:
            raise Refusal(
                _("The database folder {path} cannot be read: {reason}.").format(path=cluster, reason=fault.strerror)
            ) from fault
        ours = self._major()
        if written_by != ours:
            raise Refusal(
                _(
                    "The database folder {path} was written by PostgreSQL {theirs}, and this is PostgreSQL {ours}: "
                    "choose another folder with --data, or move the data with pg_dump."
                ).format(path=cluster, theirs=written_by, ours=ours)
            )

    def open(self, still_running: Callable[[], None]) -> None:
        """Wait until the server answers, then make sure of the portal's own role and database. `still_running` is
        called between attempts and raises when waiting is pointless."""
        with self._connect(still_running) as connection:
            password = sql.Literal(self.folder.secret("database_password"))
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN CREATEROLE CREATEDB PASSWORD {}").format(
                        sql.Identifier(ROLE), password
                    )
                )
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(ROLE))
                )

    def _connect(self, still_running: Callable[[], None]) -> psycopg.Connection:
        deadline = time.monotonic() + 60
        while True:
            still_running()
            try:
                return psycopg.connect(
                    host="127.0.0.1",
                    port=self.port,
                    user=SUPERUSER,
                    password=self.folder.secret("postgres_superuser"),
                    dbname="postgres",
                    connect_timeout=5,
                    autocommit=True,
                )
            except psycopg.OperationalError as fault:
                if time.monotonic() > deadline:
                    raise Refusal(_("PostgreSQL does not answer: {reason}").format(reason=fault)) from fault
            time.sleep(0.05)

    def _create(self) -> None:
        # Made beside its place and renamed, so that a killed first start leaves no half a cluster behind.
        target = self.identity.cluster
        fresh = target.with_name("postgres.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self.identity.own(fresh)
        with tempfile.TemporaryDirectory(prefix="trunkline-") as passing:
            password = Path(passing) / "password"
            password.touch(mode=0o600)
            password.write_text(self.folder.secret("postgres_superuser"))
            Path(passing).chmod(0o711)
            self.identity.own(password)
            done = subprocess.run(
                [
                    *self._program("initdb"),
                    *("-D", str(fresh), "-U", SUPERUSER, "-A", "scram-sha-256", f"--pwfile={password}", "-E", "UTF8"),
                    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
                    *(() if self.durable else ("--no-sync",)),
                ],
                check=False,
                capture_output=True,
                text=True,
                cwd="/",
                **self.identity.process_options(),
            )
        if done.returncode != 0:
            raise Refusal(_("PostgreSQL could not make its files:") + f"\n{done.stderr.strip()}")
        fresh.rename(target)

    def _program(self, name: str) -> list[str]:
        return [*self.identity.prefix, str(self.identity.programs / name)]

    def _major(self) -> str:
        done = subprocess.run([*self._program("postgres"), "--version"], check=True, capture_output=True, text=True)
        return done.stdout.split()[2].split(".")[0]
