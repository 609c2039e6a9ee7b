"""A real Asterisk, followed: sign-in, everything as it is, and what changes."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from extensions.pbx.ami.account import Account
from extensions.pbx.ami.client import AmiClient
from extensions.pbx.ami.login import SignInRefused, connect
from extensions.pbx.asterisk.follow import follow
from extensions.pbx.asterisk.placing import Placing
from extensions.pbx.asterisk.translate.attribution import Attribution
from extensions.pbx.driver import PbxAway, PbxFault
from extensions.pbx.events import BoxCount, CaughtUp, Line, LineState, Member, PbxEvent, PhoneFeature, Registered
from portal.run.asterisk.server import AMI_USER
from tests.pbx.conftest import RunningAsterisk
from tests.pbx.looped import in_loop

pytestmark = [pytest.mark.pbx]

FILES = {
    "pjsip_endpoint.conf": "[101@real.example.com](ext-tpl)\naors=101@real.example.com\naccountcode=t7\ntenantid=t7\n",
    "pjsip_aor.conf": "[101@real.example.com](aor-tpl)\n",
    "extensions.conf": "[t7-internal]\nexten => *78,1,UserEvent(PortalFeature,TlTenant: t7,TlExtension: 17"
    ",TlFeature: dnd_on,TlArgument: ,TlEpoch: ${EPOCH})\nsame => n,Hangup()\n[t7-member]\nexten => 17,1,Hangup()\n",
    "queues.conf": "[t7-g5]\nmember=Local/17@t7-member/n,0,Ann,PJSIP/101@real.example.com\n",
    "voicemail.conf": "[t7]\n23 => 4711,Ann\n",
}
MODULES = ("res_pjsip.so", "pbx_config.so", "app_queue.so", "app_voicemail.so")


@pytest.fixture
def account(asterisk: RunningAsterisk) -> Account:
    return Account("127.0.0.1", asterisk.server.ami_port, AMI_USER, asterisk.server.secret_file.read_text().strip())


@pytest.fixture
def tenant(asterisk: RunningAsterisk) -> Iterator[Path]:
    folder = asterisk.server.etc / "tenants" / "t7"
    placing = Placing(str(asterisk.server.etc))
    placing.place("t7", FILES)
    yield folder
    placing.remove("t7")
    with asterisk.server.probe() as probe:
        probe.ask("Reload")


async def reload(client: AmiClient) -> None:
    for module in MODULES:
        await client.action("Reload", ("Module", module), within=30)


async def heard(events: AsyncIterator[PbxEvent], wanted: type[PbxEvent]) -> PbxEvent:
    async with asyncio.timeout(10):
        async for event in events:
            if isinstance(event, wanted):
                return event
    raise AssertionError("the stream ended")


@in_loop
async def test_it_signs_in_and_nothing_of_it_shows_the_secret(account: Account) -> None:
    async with await connect(account) as client:
        told = await client.action("GetConfig", ("Filename", "manager.conf"))
        with pytest.raises(PbxFault, match="refused Bogus"):
            await client.action("Bogus")

        assert abs(client.skew) < 1
        assert any(account.secret in value for _name, value in told.headers)
        assert account.secret not in repr(told)


@in_loop
async def test_a_wrong_secret_is_refused(account: Account) -> None:
    with pytest.raises(SignInRefused) as refused:
        await connect(replace(account, secret="wrong"))

    assert not isinstance(refused.value, PbxAway)


@in_loop
async def test_a_text_arrives_as_it_was_sent(account: Account) -> None:
    text = 'Ann „Ä" <b>: ;x\\n ${EXTEN} 😀'
    async with await connect(account, events=False) as client:
        await client.action("DBPut", ("Family", "tl/test"), ("Key", "text"), ("Val", text))
        _response, [row] = await client.listing("DBGet", ("Family", "tl/test"), ("Key", "text"))
        await client.action("DBDel", ("Family", "tl/test"), ("Key", "text"))

    assert row.get("Val") == text


@pytest.mark.usefixtures("tenant")
@in_loop
async def test_a_tenant_is_told_as_it_is_and_what_changes(account: Account) -> None:
    async with await connect(account) as client, await connect(account, events=False) as hand:
        await reload(hand)
        events = follow(client, Attribution({"real.example.com": "t7"}))
        now = [event async for event in _until_caught_up(events)]

        interface = (("Queue", "t7-g5"), ("Interface", "Local/17@t7-member/n"))
        await hand.action("QueuePause", *interface, ("Paused", "true"), ("Reason", "Lunch"))
        paused = await heard(events, Member)
        await hand.action("Originate", ("Channel", "Local/*78@t7-internal"), ("Application", "Wait"), ("Async", "true"))
        used = await heard(events, PhoneFeature)

    assert Registered("t7", "101", ()) in now
    assert Line("t7", "101", LineState.UNREGISTERED) in now
    assert BoxCount("t7", 23, 0, 0) in now
    assert Member("t7", 5, 17, False, "", False, 0) in now
    assert paused == Member("t7", 5, 17, True, "Lunch", False, 0)
    assert isinstance(used, PhoneFeature)
    assert (used.tenant, used.extension, used.feature) == ("t7", 17, "dnd_on")


async def _until_caught_up(events: AsyncIterator[PbxEvent]) -> AsyncIterator[PbxEvent]:
    async for event in events:
        if event == CaughtUp():
            return
        yield event
