"""After a loss, whatever it was, everything is right again (REL-11)."""

import asyncio
import logging
import time
from dataclasses import replace
from random import Random

import pytest

from extensions.pbx.ami.account import Account
from extensions.pbx.ami.backoff import Backoff
from extensions.pbx.ami.login import connect
from extensions.pbx.ami.message import Message
from extensions.pbx.asterisk.follow import follow
from extensions.pbx.asterisk.translate.attribution import Attribution
from extensions.pbx.driver import PbxFault
from extensions.pbx.events import CaughtUp, Leg, Line, LineState, PbxEvent
from tests.pbx.calling import PHONE, calling_peer
from tests.pbx.looped import AMPLE, in_loop, settle
from tests.pbx.peer import SECRET, Caller, Handler
from tests.pbx.translate.conftest import DOMAINS

QUICK = replace(AMPLE, connect=0.5, reply=0.5, listing=0.5, ping_within=0.5)


async def supervise(account: Account, heard: list[PbxEvent], waits: list[float]) -> None:
    """What the supervisor does: connect, follow, and after a loss again with longer and longer waits."""
    backoff = Backoff(least=0.01, most=0.1, chance=Random(1))  # noqa: S311 - known beforehand
    while True:
        try:
            async with await connect(account, QUICK) as client:
                async for event in follow(client, Attribution(DOMAINS)):
                    heard.append(event)
                    if event == CaughtUp():
                        backoff.reset()
        except PbxFault:
            waits.append(backoff.next())
            await asyncio.sleep(waits[-1])


async def drop(caller: Caller, action: Message) -> None:
    caller.drop()


async def silence(caller: Caller, action: Message) -> None:
    pass


async def half(caller: Caller, action: Message) -> None:
    await caller.raw(b"Response: Success\r\nActionID: ")
    caller.writer.close()


async def refuse(caller: Caller, action: Message) -> None:
    await caller.answer(action, "Error", ("Message", "Authentication failed"))


@pytest.mark.parametrize("wrong", [drop, silence, half, refuse], ids=lambda mode: mode.__name__)
@pytest.mark.parametrize("where", ["Challenge", "Login", "Ping", "CoreShowChannels", "VoicemailUsersList"])
@in_loop
async def test_after_any_fault_anywhere_everything_is_right_again(
    where: str, wrong: Handler, caplog: pytest.LogCaptureFixture
) -> None:
    """The fault lasts for some attempts; meanwhile the call ended, which no event told (REL-11)."""
    caplog.set_level(logging.DEBUG)
    peer = calling_peer()
    heard: list[PbxEvent] = []
    waits: list[float] = []
    async with peer:
        supervisor = asyncio.create_task(supervise(peer.account, heard, waits))
        await settle(lambda: CaughtUp() in heard, 5)
        good = dict(peer.handlers)
        peer.handlers[where.lower()] = wrong
        peer.callers[0].drop()
        await settle(lambda: len(waits) >= 2, 5)
        heard.clear()
        peer.handlers = good
        peer.lists("CoreShowChannels", "CoreShowChannel")
        peer.lists("PJSIPShowEndpoints", "EndpointList", [("ObjectName", PHONE), ("DeviceState", "Not in use")])
        begun = time.monotonic()
        await settle(lambda: CaughtUp() in heard, 5)
        supervisor.cancel()
        await asyncio.gather(supervisor, return_exceptions=True)

        assert time.monotonic() - begun < 3
        assert Line("t2", "101", LineState.IDLE) in heard
        assert not any(isinstance(event, Leg) for event in heard)
        assert SECRET not in caplog.text
