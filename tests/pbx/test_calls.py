"""Telephones register and call at the Asterisk that the launcher writes the main files of."""

import hashlib
import time
from collections.abc import Callable, Iterator

import pytest

from extensions.pbx.asterisk.placing import Placing
from extensions.pbx.render.pjsip import FILES
from portal.run.asterisk.installed import SipTools
from tests.pbx.conftest import RunningAsterisk
from tests.pbx.listeners import listeners
from tests.pbx.sipp import passes, sign_in, start_scenario

pytestmark = [pytest.mark.pbx]

SLUG, DOMAIN, PASSWORD = "tcalls", "calls.example.com", "sesame"
ENDPOINT = f"""
[101@{DOMAIN}](ext-tpl)
context = {SLUG}-internal
auth = 101@{DOMAIN}
aors = 101@{DOMAIN}
accountcode = {SLUG}
tenantid = {SLUG}
"""
SIGN_IN = f"""
[101@{DOMAIN}]
type = auth
auth_type = md5
username = 101
realm = {DOMAIN}
md5_cred = {hashlib.md5(f"101:{DOMAIN}:{PASSWORD}".encode(), usedforsecurity=False).hexdigest()}
"""
DIALPLAN = f"""
[{SLUG}-internal]
exten => 600,1,Answer()
 same => n,Echo()
"""


@pytest.fixture
def phones(asterisk: RunningAsterisk) -> Iterator[Callable[[str], tuple[str, ...]]]:
    """A tenant with extension 101; yields what a scenario needs to sign in with a password."""
    placing = Placing(str(asterisk.server.etc))
    files = (ENDPOINT, SIGN_IN, f"[101@{DOMAIN}](aor-tpl)\n", DIALPLAN)
    placing.place(SLUG, dict(zip((*FILES, "extensions.conf"), files, strict=True)))
    reload_all(asterisk)
    yield lambda password: ("101", DOMAIN, sign_in("101", password))
    placing.remove(SLUG)
    reload_all(asterisk)


def reload_all(asterisk: RunningAsterisk) -> None:
    with asterisk.server.probe() as probe:
        for module in ("res_pjsip.so", "pbx_config.so"):
            assert probe.ask("Reload", Module=module)["Response"] == "Success"


def test_a_telephone_registers_with_its_password_alone(
    asterisk: RunningAsterisk, sip_tools: SipTools, phones: Callable[[str], tuple[str, ...]]
) -> None:
    port = asterisk.server.sip_port

    right = passes(sip_tools, port, "register", phones(PASSWORD))
    with asterisk.server.probe() as probe:
        registered = probe.ask("Getvar", Variable=f"PJSIP_AOR(101@{DOMAIN},contact)")["Value"]
    wrong = passes(sip_tools, port, "register", phones("wrong"))
    elsewhere = passes(sip_tools, port, "register", ("101", "other.example.com", sign_in("101", PASSWORD)))

    assert (right, wrong, elsewhere) == (True, False, False)
    assert registered.startswith(f"101@{DOMAIN};@")


def test_a_call_stays_on_this_machine_and_leaves_a_record(
    asterisk: RunningAsterisk, sip_tools: SipTools, phones: Callable[[str], tuple[str, ...]]
) -> None:
    server = asterisk.server
    before = set(listeners(asterisk.pid))

    with server.probe() as probe:
        caller = start_scenario(sip_tools, server.sip_port, "call", (*phones(PASSWORD), "600"))
        probe.wait_for("Newstate")
        time.sleep(0.3)
        opened = set(listeners(asterisk.pid)) - before
        told = [probe.read()]
        while told[-1].get("Event") != "Cdr":
            told.append(probe.read())
    output, _errors = caller.communicate(timeout=10)

    assert caller.returncode == 0, output
    assert opened
    assert {address for _protocol, address, _port in opened} == {"loopback"}
    assert {server.rtp[0] <= port <= server.rtp[1] for _protocol, _address, port in opened} == {True}
    record, names = told[-1], {message.get("Event") for message in told}
    assert (record["TenantID"], record["AccountCode"], record["Disposition"]) == (SLUG, SLUG, "ANSWERED")
    assert record["UniqueID"].startswith("pbx-")
    assert record["LinkedID"] == record["UniqueID"]
    assert "Sequence" in record
    assert not names & {"VarSet", "Newexten", "RTCPSent", "RTCPReceived"}
    assert "600" in (server.home / "log/cdr-csv/Master.csv").read_text()
