"""After a loss, whatever it was, everything is right again, and others did not notice (REL-11)."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from random import Random

import pytest

from extensions.pbx.ami.account import Account
from extensions.pbx.ami.backoff import Backoff
from extensions.pbx.ami.login import connect
from extensions.pbx.ami.message import MOST_LINE
from extensions.pbx.asterisk.follow import follow
from extensions.pbx.asterisk.translate.attribution import Attribution
from extensions.pbx.driver import PbxFault
from extensions.pbx.events import BoxCount, CaughtUp, Leg, Line, LineState, PbxEvent
from tests.pbx.calling import PHONE, calling_peer
from tests.pbx.faults import MODES, drop, half_and_close, refuse, silence
from tests.pbx.looped import AMPLE, in_loop, settle
from tests.pbx.peer import SECRET, Handler, Peer
from tests.pbx.translate.conftest import DOMAINS

QUICK = replace(
    AMPLE, connect=0.5, reply=0.5, listing=0.5, listed=1000, ping_every=0.2, ping_within=0.3, waiting_events=2000
)
EVERYWHERE = [(where, wrong) for where in ("Challenge", "Login", "Ping") for wrong in (drop, half_and_close, silence)]
CASES = [*EVERYWHERE, ("Login", refuse), *(("CoreShowChannels", mode) for mode in MODES), ("VoicemailUsersList", drop)]
NONSENSE = {
    "half a message": b"Event: Newstate\r\nChannel: PJSIP/101",
    "binary": b"\x00\xff" * MOST_LINE,
    "a flood": b"Event: Newstate\r\nUniqueid: 1.1\r\n\r\n" * 100_000,
}


@dataclass
class Supervisor:
    """What a supervisor does: connect, follow, and after a loss again, with longer and longer waits."""

    account: Account
    heard: list[PbxEvent] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    async def run(self) -> None:
        backoff = Backoff(least=0.01, most=0.1, chance=Random(1))  # noqa: S311 - known beforehand
        while True:
            try:
                async with await connect(self.account, QUICK) as client:
                    async for event in follow(client, Attribution(DOMAINS)):
                        self.heard.append(event)
                        if event == CaughtUp():
                            backoff.reset()
            except PbxFault:
                self.waits.append(backoff.next())
                await asyncio.sleep(self.waits[-1])

    def caught_up(self) -> bool:
        return CaughtUp() in self.heard


@asynccontextmanager
async def supervised(peer: Peer) -> AsyncIterator[Supervisor]:
    """A PBX that somebody follows and has caught up with."""
    async with peer:
        supervisor = Supervisor(peer.account)
        task = asyncio.create_task(supervisor.run())
        await settle(supervisor.caught_up)
        yield supervisor
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def end_the_call(peer: Peer) -> None:
    """It is over, and no event tells."""
    peer.lists("CoreShowChannels", "CoreShowChannel")
    peer.lists("PJSIPShowEndpoints", "EndpointList", [("ObjectName", PHONE), ("DeviceState", "Not in use")])


@pytest.mark.parametrize(("where", "wrong"), CASES, ids=[f"{where} {mode.__name__}" for where, mode in CASES])
@in_loop
async def test_after_a_fault_in_an_answer(where: str, wrong: Handler, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    peer, calm = calling_peer(), calling_peer()
    async with supervised(calm) as neighbour, supervised(peer) as supervisor:
        good = dict(peer.handlers)
        peer.on(where, wrong)
        peer.callers[0].drop()
        await settle(lambda: len(supervisor.waits) >= 2)
        await calm.callers[0].event("MessageWaiting", ("Mailbox", "23@t2"), ("New", "7"))
        supervisor.heard.clear()
        peer.handlers = good
        end_the_call(peer)
        await is_right_again(supervisor)

        assert neighbour.waits == []
        assert neighbour.heard[-1] == BoxCount("t2", 23, 7, 0)
    assert SECRET not in caplog.text


@pytest.mark.parametrize("nonsense", NONSENSE)
@in_loop
async def test_after_nonsense_between_events(nonsense: str) -> None:
    peer = calling_peer()
    async with supervised(peer) as supervisor:
        supervisor.heard.clear()
        end_the_call(peer)
        if nonsense == "half a message":
            peer.on("Ping", silence)
        peer.callers[0].writer.write(NONSENSE[nonsense])
        await settle(lambda: len(supervisor.waits) >= 1)
        peer.handlers.pop("ping", None)

        await is_right_again(supervisor)


async def is_right_again(supervisor: Supervisor) -> None:
    begun = time.monotonic()
    await settle(supervisor.caught_up)

    assert time.monotonic() - begun < 4
    assert Line("t2", "101", LineState.IDLE) in supervisor.heard
    assert not any(isinstance(event, Leg) for event in supervisor.heard)
