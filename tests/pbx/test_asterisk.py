"""The Asterisk that `bin/asterisk`, `bin/run --pbx` and the tests start."""

import os
import re
import stat
import time
from pathlib import Path

import pytest

from portal.run.asterisk import server as servers
from portal.run.asterisk.ports import free_sip_port
from portal.run.asterisk.server import Asterisk
from portal.run.console import Refusal
from portal.run.folder import DataFolder
from portal.run.processes import free_port, left_behind
from portal.run.servers import running
from tests.pbx.conftest import RunningAsterisk
from tests.pbx.listeners import listeners

pytestmark = [pytest.mark.pbx]


def test_it_is_the_version_that_was_fetched_and_has_a_name_of_its_own(asterisk: RunningAsterisk) -> None:
    with asterisk.server.probe() as probe:
        told = probe.ask("CoreSettings")

    assert told["AsteriskVersion"].startswith(asterisk.server.version)
    assert int(asterisk.server.version.split(".")[0]) >= 16
    assert told["SystemName"].startswith("pbx-")
    assert (told["CoreCDRenabled"], told["CoreHTTPenabled"]) == ("Yes", "No")


def test_only_this_machine_reaches_it(asterisk: RunningAsterisk) -> None:
    server, found = asterisk.server, listeners(asterisk.pid)

    # PJSIP's resolver opens one socket for each kind of address, on a port of the kernel's choice, which only asks.
    resolver = [each for each in found if each[0].startswith("udp") and each[1] == "everywhere"]
    assert {each for each in found if each not in resolver} == {
        ("tcp", "loopback", server.ami_port),
        ("tcp", "loopback", server.sip_port),
        ("udp", "loopback", server.sip_port),
    }
    assert len(resolver) <= 2


def test_a_wrong_secret_is_refused(asterisk: RunningAsterisk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DataFolder, "secret", lambda _folder, _name: "wrong")

    with pytest.raises(PermissionError, match="Authentication failed"):
        asterisk.server.probe()


def test_its_secret_is_readable_by_its_owner_alone(asterisk: RunningAsterisk) -> None:
    server = asterisk.server
    secret = server.secret_file.read_text()
    holders = [file for file in server.home.rglob("*") if file.is_file() and secret in file.read_text(errors="replace")]

    assert holders == [server.etc / "manager.conf"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in [*holders, server.secret_file]} == {0o600}
    assert stat.S_IMODE(server.home.stat().st_mode) == 0o700
    assert len(secret) >= 40


def test_it_runs_as_the_caller_in_utc_without_the_portals_environment(asterisk: RunningAsterisk) -> None:
    environment = Path(f"/proc/{asterisk.pid}/environ").read_text().split("\0")

    assert Path(f"/proc/{asterisk.pid}").stat().st_uid == os.geteuid()
    assert "TZ=UTC" in environment
    assert not [entry for entry in environment if entry.startswith(("DATABASE_URL", "PORTAL_SECRET", "REDIS_URL"))]


def test_it_starts_without_a_warning(asterisk: RunningAsterisk) -> None:
    lines = asterisk.beginning.splitlines()

    assert [line for line in lines if "WARNING[" in line or "ERROR[" in line] == []


def test_no_dialplan_can_start_a_program_or_fetch_an_address(asterisk: RunningAsterisk) -> None:
    dangerous = ("app_system", "func_shell", "func_env", "res_agi", "func_curl", "app_externalivr")

    with asterisk.server.probe() as probe:
        loaded = {name: probe.ask("ModuleCheck", Module=f"{name}.so")["Response"] for name in (*dangerous, "app_queue")}

    assert loaded == dict.fromkeys(dangerous, "Error") | {"app_queue": "Success"}


def test_voicemail_knows_every_time_zone_by_its_letters(asterisk: RunningAsterisk) -> None:
    with asterisk.server.probe() as probe:
        zones = probe.ask("Command", Command="voicemail show zones")["Output"]

    assert re.search(r"^europeberlin +Europe/Berlin ", zones, re.MULTILINE)
    assert re.search(r"^etcgmtplus1 +Etc/GMT\+1 ", zones, re.MULTILINE)
    assert re.search(r"^etcgmt1 +Etc/GMT-1 ", zones, re.MULTILINE)
    assert re.search(r"^americaportauprince +America/Port-au-Prince ", zones, re.MULTILINE)


def test_callers_who_wait_hear_music(asterisk: RunningAsterisk) -> None:
    with asterisk.server.probe() as probe:
        files = probe.ask("Command", Command="moh show files")["Output"]

    assert "Class: default" in files
    assert files.count("File: ") >= 1


def test_a_second_start_keeps_what_was_rendered_and_remembered(pbx_folder: DataFolder) -> None:
    folder = DataFolder(pbx_folder.path / "again")
    folder.prepare()
    names = []
    for start in (1, 2):
        server = Asterisk(folder, sip_port=free_sip_port(), ami_port=free_port())
        with running(server), server.probe() as probe:
            names.append(probe.ask("CoreSettings")["SystemName"])
            if start == 1:
                rendered = server.etc / "tenants/t2/extensions.conf"
                rendered.parent.mkdir(parents=True)
                rendered.write_text("[t2-internal]\nexten => 101,1,Answer()\n")
                probe.ask("DBPut", Family="tl/t2/status", Key="17", Val="away")
            else:
                kept = probe.ask("DBGet", Family="tl/t2/status", Key="17")["Response"]
                dialplan = probe.ask("Getvar", Variable="DIALPLAN_EXISTS(t2-internal,101,1)")["Value"]

    assert (kept, dialplan) == ("Success", "1")
    assert names[0] == names[1]


def test_a_long_path_of_the_data_folder_does_no_harm(pbx_folder: DataFolder) -> None:
    folder = DataFolder(pbx_folder.path / ("long" * 25))
    folder.prepare()
    server = Asterisk(folder, sip_port=free_sip_port(), ami_port=free_port())

    with running(server):
        log = server.log.read_text()

    assert "ERROR[" not in log
    assert not folder.socket("asterisk.ctl").exists()


@pytest.mark.parametrize("taken", ["sip_port", "ami_port"])
def test_a_port_that_is_taken_is_told_before_it_starts(
    asterisk: RunningAsterisk, pbx_folder: DataFolder, taken: str
) -> None:
    folder = DataFolder(pbx_folder.path / "taken")
    folder.prepare()
    ports = {"sip_port": free_sip_port(), "ami_port": free_port(), taken: getattr(asterisk.server, taken)}

    with pytest.raises(Refusal, match=f"Port {ports[taken]} is taken"), running(Asterisk(folder, **ports)):
        pass


def test_a_port_that_is_taken_while_it_starts_is_told_with_the_log(
    asterisk: RunningAsterisk, pbx_folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = DataFolder(pbx_folder.path / "deaf")
    folder.prepare()
    server = Asterisk(folder, sip_port=asterisk.server.sip_port, ami_port=free_port())
    monkeypatch.setattr(servers, "refuse_taken_ports", lambda *_ports: None)

    with (
        pytest.raises(Refusal, match=f"could not listen on port {server.sip_port}(.|\n)*Address already in use"),
        running(server),
    ):
        pass


def test_it_stops_also_while_it_is_loading(pbx_folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = DataFolder(pbx_folder.path / "early")
    folder.prepare()
    server = Asterisk(folder, sip_port=free_sip_port(), ami_port=free_port())

    def gives_up(_server: Asterisk, _still_running: object) -> None:
        while not server.log.exists() or "PBX UUID" not in server.log.read_text():
            time.sleep(0.02)
        raise TimeoutError

    monkeypatch.setattr(Asterisk, "open", gives_up)

    with pytest.raises(TimeoutError), running(server):
        pass

    assert left_behind(folder) == []


def test_a_folder_that_asterisks_files_cannot_name_is_refused(pbx_folder: DataFolder) -> None:
    folder = DataFolder(pbx_folder.path / "semi;colon")
    folder.prepare()

    with pytest.raises(Refusal, match="cannot stand in Asterisk's configuration"):
        Asterisk(folder, sip_port=free_sip_port(), ami_port=free_port()).prepare()
