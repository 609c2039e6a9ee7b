"""A PBX that tells more than anybody can take: memory stays bounded, and others do not notice."""

import asyncio
import time
from dataclasses import replace

import pytest

from extensions.pbx.ami.login import connect
from extensions.pbx.ami.message import Message
from extensions.pbx.driver import PbxAway
from tests.pbx.looped import AMPLE, in_loop
from tests.pbx.peer import Caller, Peer

EVENT = b"Event: Newstate\r\nChannel: PJSIP/101@acme.example.com-00000001\r\nUniqueid: 1.1\r\n\r\n"


async def flood(caller: Caller, action: Message) -> None:
    while True:
        await caller.raw(EVENT * 500)


@in_loop
async def test_a_reader_that_is_too_slow_is_told_to_look_anew(peer: Peer) -> None:
    peer.on("Flood", flood)
    async with peer, await connect(peer.account, replace(AMPLE, waiting_events=1000)) as client:
        with pytest.raises(PbxAway):
            await client.action("Flood")

        with pytest.raises(PbxAway, match="faster"):
            await client.next_event()
        assert len(client._inbox._waiting) == 0


@in_loop
async def test_a_flood_at_one_pbx_leaves_the_others_alone(peer: Peer) -> None:
    """Also while the flood is being taken, which never has to wait for anything."""
    calm = Peer()
    peer.on("Flood", flood)
    async with (
        peer,
        calm,
        await connect(peer.account, replace(AMPLE, waiting_events=100_000)) as flooded,
        await connect(calm.account, AMPLE) as client,
    ):

        async def take() -> None:
            async for _event in flooded.events():
                pass

        under_way = [asyncio.create_task(flooded.action("Flood")), asyncio.create_task(take())]
        longest = 0.0
        for _turn in range(20):
            begun = time.monotonic()
            await client.ping()
            longest = max(longest, time.monotonic() - begun)

        assert flooded._inbox._taken > 1000
        assert longest < 2
        await flooded.close()
        await asyncio.gather(*under_way, return_exceptions=True)
