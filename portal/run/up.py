"""`bin/run`: prepares one installation, serves it, and stops it whole."""

import http.client
import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from portal.run import programs
from portal.run.asterisk.words import pbx_in_words
from portal.run.console import _, block, complain, say, timed
from portal.run.environment import for_django
from portal.run.folder import DataFolder
from portal.run.manage import keep_environment
from portal.run.prepare import check_database, check_redis, nothing_to_prepare, prepare_installation
from portal.run.processes import end_left_behind, refuse_taken_port, stop_at_signals
from portal.run.server import Server
from portal.run.servers import choose_servers
from portal.run.supervisor import ServerStopped, Supervisor

SERVE_WITHIN = 120
TENANTS_SHOWN = 5


def up(*, data: Path, port: int, demo: bool, pbx: bool = False) -> int:
    """Serve until a signal comes, then stop everything; returns the exit code. `demo` adds tenants, `pbx` an Asterisk.
    Raises Refusal when it cannot start."""
    folder = DataFolder(data)
    folder.prepare()
    stop_at_signals()
    with folder.locked():
        try:
            if end_left_behind(folder):
                say(_("An earlier run was killed; what it had left running is ended."))
            refuse_taken_port(port)
            _serve(folder, port, demo=demo, pbx=pbx)
        except KeyboardInterrupt:
            say(_("Stopped."))
        finally:
            end_left_behind(folder)
    return 0


def _serve(folder: DataFolder, port: int, *, demo: bool, pbx: bool) -> None:
    began = time.monotonic()
    say(_("Starting in {path}").format(path=folder.path))
    servers, addresses = choose_servers(folder, durable=True, pbx=pbx)
    if "DATABASE_URL" in os.environ:
        check_database(addresses.database_url)
    if "REDIS_URL" in os.environ:
        check_redis(addresses.redis_url)
    for server in servers:
        server.prepare()
    environment = for_django(folder, port, addresses)
    keep_environment(folder, environment)
    portal = programs.portal_programs(folder, port)
    supervised = [*(programs.server_program(server) for server in servers), *portal]
    with Supervisor(folder, supervised, environment) as supervisor:
        _start_servers(supervisor, servers)
        early = nothing_to_prepare(folder)
        if early:
            supervisor.start("web")
        where = prepare_installation(folder, environment, demo=demo)
        with timed(_("Start the portal")):
            if not early:
                supervisor.start("web")
            _wait_for_pages(port, partial(supervisor.check, "web"))
        for program in portal:  # after the pages: loading them all at once would keep people waiting
            if program.name != "web":
                supervisor.start(program.name)
        where["pbx"] = pbx_in_words(environment)
        _print_addresses(where, folder, port, time.monotonic() - began)
        _watch(supervisor)


def _start_servers(supervisor: Supervisor, servers: list[Server]) -> None:
    with timed(_("Start {names}").format(names=", ".join(server.name for server in servers))):
        for server in servers:
            supervisor.start(server.name)
        for server in servers:
            server.open(partial(supervisor.check, server.name))


def _wait_for_pages(port: int, still_running: Callable[[], None]) -> None:
    deadline = time.monotonic() + SERVE_WITHIN
    while time.monotonic() < deadline:
        still_running()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/livez")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(0.1)
    raise ServerStopped(_("The portal did not answer within {seconds} s; see its logs.").format(seconds=SERVE_WITHIN))


def _print_addresses(where: dict, folder: DataFolder, port: int, seconds: float) -> None:
    facts = [(_("Portal"), f"http://localhost:{port}/")]
    named: list[tuple[str, str | None]] = [
        (_("Management"), where.get("management")),
        (_("Registration"), where.get("register")),
        (_("First sign-in"), where.get("first_sign_in")),
        (_("  signs in as"), where.get("first_logon")),
    ]
    facts += [(label, value) for label, value in named if value]
    tenants = where.get("tenants", [])
    facts += [(_("Tenant"), tenant) for tenant in tenants[:TENANTS_SHOWN]]
    if len(tenants) > TENANTS_SHOWN:
        more = _("and {count} more: see the page Tenants").format(count=len(tenants) - TENANTS_SHOWN)
        facts.append((_("Tenant"), more))
    facts += [
        (_("PBX"), where.get("pbx") or _("none; --pbx starts one")),
        (_("Mail"), where.get("mail") or str(folder.mail)),
        (_("Data, logs"), f"{folder.path}, {folder.log}"),
        (_("Stop"), _("Ctrl-C")),
    ]
    say(_("Ready after {seconds:.1f} s.").format(seconds=seconds))
    block(facts)
    if where.get("demo"):
        say(where["demo"].rstrip())


def _watch(supervisor: Supervisor) -> None:
    """Stay until a signal comes; a program that was given up is told once."""
    told: set[str] = set()
    while True:
        time.sleep(1)
        for name in supervisor.programs.keys() - told:
            try:
                supervisor.check(name)
            except ServerStopped as fault:
                if not supervisor.alive():
                    raise
                told.add(name)
                complain(str(fault))
