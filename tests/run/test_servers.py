import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial

import psycopg
import pytest
import redis

from portal.run import programs
from portal.run.console import ROOT
from portal.run.environment import for_django
from portal.run.folder import DataFolder, free_folder
from portal.run.processes import end_left_behind, left_behind
from portal.run.servers import choose_servers, private_servers
from portal.run.supervisor import ServerStopped, Supervisor

STARTS_AND_WAITS = """
import sys, time
from pathlib import Path
from portal.run.folder import DataFolder
from portal.run.servers import private_servers
with private_servers(DataFolder(Path(sys.argv[1])), durable=False) as addresses:
    print(addresses.database_url, flush=True)
    time.sleep(60)
"""


def wait_until(true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.05)
    return False


def check_for_ten_seconds(supervisor: Supervisor, name: str) -> None:
    for _attempt in range(100):
        supervisor.check(name)
        time.sleep(0.1)


def test_servers_answer_keep_their_data_and_leave_no_process(folder: DataFolder) -> None:
    for durable in (True, False):
        with private_servers(folder, durable=durable) as addresses:
            with psycopg.connect(addresses.database_url) as connection:
                connection.execute("CREATE TABLE IF NOT EXISTS kept (starts int)")
                connection.execute("INSERT INTO kept VALUES (1)")
                starts = connection.execute("SELECT count(*) FROM kept").fetchone()
            with redis.Redis.from_url(addresses.redis_url) as broker:
                assert broker.ping()

    assert starts == (2,)
    assert left_behind(folder) == []


def test_the_portal_signs_in_as_an_ordinary_role(folder: DataFolder) -> None:
    with private_servers(folder, durable=False) as addresses, psycopg.connect(addresses.database_url) as connection:
        row = connection.execute(
            "SELECT rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        ).fetchone()

    assert row == (False, True, True)


def test_a_wrong_password_is_refused(folder: DataFolder) -> None:
    with private_servers(folder, durable=True) as addresses:
        host = addresses.database_url.rpartition("@")[2]

        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(f"postgresql://portal:wrong@{host}")
        with pytest.raises(redis.AuthenticationError):
            redis.Redis.from_url(f"redis://{addresses.redis_url.rpartition('@')[2]}").ping()


def test_secrets_are_readable_by_their_owner_alone(folder: DataFolder) -> None:
    servers, addresses = choose_servers(folder, durable=True)
    for server in servers:
        server.prepare()
    environment = for_django(folder, 8000, addresses)
    first = environment["PORTAL_SECRET_KEY"]

    with Supervisor(folder, [], environment):
        private = [*folder.secrets.iterdir(), folder.run / "valkey.conf", folder.run / "supervisord.conf"]
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in private}

    assert set(modes.values()) == {0o600}
    assert len(modes) == 7
    assert for_django(folder, 8000, addresses)["PORTAL_SECRET_KEY"] == first
    assert len(first) >= 50


def test_servers_end_when_their_launcher_is_killed(folder: DataFolder) -> None:
    launcher = subprocess.Popen(
        [sys.executable, "-c", STARTS_AND_WAITS, str(folder.path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert launcher.stdout
    assert launcher.stdout.readline().startswith("postgresql://")

    launcher.kill()
    launcher.communicate()

    assert wait_until(lambda: left_behind(folder) == [])


def test_supervised_servers_stop_whole(folder: DataFolder) -> None:
    servers, addresses = choose_servers(folder, durable=True)
    for server in servers:
        server.prepare()

    with Supervisor(
        folder, [programs.server_program(each) for each in servers], for_django(folder, 8000, addresses)
    ) as supervisor:
        for server in servers:
            supervisor.start(server.name)
            server.open(partial(supervisor.check, server.name))
        running = len(left_behind(folder))

    assert running == 3
    assert left_behind(folder) == []


def test_what_a_killed_supervisor_left_is_ended_at_the_next_start(folder: DataFolder) -> None:
    sleeper = programs.Program("sleeper", ["sleep", "60"], folder.log / "sleeper.log", priority=10)
    with Supervisor(folder, [sleeper], dict(os.environ)) as supervisor:
        supervisor.start("sleeper")
        assert supervisor.process
        assert wait_until(lambda: len(left_behind(folder)) == 2)
        supervisor.process.send_signal(signal.SIGKILL)
        supervisor.process.wait()

    assert wait_until(lambda: len(left_behind(folder)) == 1)  # while a program is loaded its environment is empty
    assert end_left_behind(folder) == 1
    assert left_behind(folder) == []


def test_a_server_that_dies_at_its_start_is_named_with_the_end_of_its_log(folder: DataFolder) -> None:
    broken = programs.Program(
        "broken", ["sh", "-c", "echo no such pipe; exit 3"], folder.log / "broken.log", priority=10, tries=0
    )

    with Supervisor(folder, [broken], dict(os.environ)) as supervisor:
        supervisor.start("broken")
        with pytest.raises(ServerStopped) as stopped:
            check_for_ten_seconds(supervisor, "broken")

    assert "The server broken stopped at its start" in str(stopped.value)
    assert "no such pipe" in str(stopped.value)


def test_two_test_runs_get_two_folders(folder: DataFolder) -> None:
    with free_folder(folder.path, "test") as first, free_folder(folder.path, "test") as second:
        assert (first.path.name, second.path.name) == ("test", "test-2")
    with free_folder(folder.path, "test") as third:
        assert third.path.name == "test"
