"""Everything that a manager interface can do wrong ends as PbxAway within its deadline (REL-11)."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from extensions.pbx.ami.account import Timings
from extensions.pbx.ami.client import AmiClient
from extensions.pbx.ami.login import SignInRefused, connect
from extensions.pbx.ami.message import MOST_LINE, Message
from extensions.pbx.driver import PbxAway
from tests.pbx.looped import AMPLE, SHORT, in_loop
from tests.pbx.peer import Caller, Handler, Peer

SLACK = 2.0  # seconds that a busy machine may take on top of a deadline

Mode = Callable[[Caller, Message], "asyncio.Future[None]"]


async def half_and_close(caller: Caller, action: Message) -> None:
    await caller.raw(b"Response: Succ")
    caller.writer.close()


async def half_and_stall(caller: Caller, action: Message) -> None:
    await caller.raw(b"Response: Success\r\nActionID: " + action.get("ActionID").encode())


async def long_line(caller: Caller, action: Message) -> None:
    await caller.raw(b"x" * (MOST_LINE + 1))


async def garbage(caller: Caller, action: Message) -> None:
    await caller.raw(bytes(range(256)) * 64)


async def endless_message(caller: Caller, action: Message) -> None:
    while True:
        await caller.raw(b"Output: 1234567890\r\n" * 20_000)


async def answers_of_others(caller: Caller, action: Message) -> None:
    for other in ("1", "portal-1", action.get("ActionID") + "0", ""):
        await caller.tell(("Response", "Success"), ("ActionID", other), ("Message", "not yours"))


async def silence(caller: Caller, action: Message) -> None:
    pass


async def slow_trickle(caller: Caller, action: Message) -> None:
    for byte in b"Response: Success\r\nActionID: " + action.get("ActionID").encode() + b"\r\n\r\n":
        await caller.raw(bytes([byte]))
        await asyncio.sleep(0.05)


async def list_without_end(caller: Caller, action: Message) -> None:
    await caller.list(action, "CoreShowChannel", [[("Channel", "PJSIP/x")]], complete=False)


async def list_then_drop(caller: Caller, action: Message) -> None:
    await list_without_end(caller, action)
    caller.drop()


async def list_of_millions(caller: Caller, action: Message) -> None:
    await caller.answer(action, "Success", ("EventList", "start"))
    while True:
        await caller.event("CoreShowChannel", ("ActionID", action.get("ActionID")))


MODES: list[Handler] = [
    half_and_close,
    half_and_stall,
    long_line,
    garbage,
    endless_message,
    answers_of_others,
    silence,
    slow_trickle,
    list_without_end,
    list_then_drop,
    list_of_millions,
]


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.__name__)
@in_loop
async def test_a_list_that_goes_wrong_is_a_pbx_that_went_away(peer: Peer, mode: Handler) -> None:
    peer.on("CoreShowChannels", mode)
    timings = replace(AMPLE, listing=0.3, listed=1000)
    async with peer, await connect(peer.account, timings) as client:
        begun = time.monotonic()

        with pytest.raises(PbxAway) as refused:
            await client.listing("CoreShowChannels")

        assert time.monotonic() - begun < timings.listing + SLACK
        assert str(refused.value).endswith(".")
        await ends_at_once(client)


async def ends_at_once(client: AmiClient) -> None:
    """A connection that failed once answers nobody any more, and says why to everybody."""
    with pytest.raises(PbxAway):
        await client.action("Ping")
    with pytest.raises(PbxAway):
        await client.next_event()


@pytest.mark.parametrize(
    ("greeting", "timings"),
    [(b"", SHORT), (b"Asterisk Call", SHORT), (b"SSH-2.0-OpenSSH_9\r\n", AMPLE), (b"\x00" * (MOST_LINE + 1), AMPLE)],
    ids=["nothing", "half", "another's", "binary"],
)
@in_loop
async def test_who_does_not_greet_as_asterisk_is_away(peer: Peer, greeting: bytes, timings: Timings) -> None:
    peer.greeting = greeting
    async with peer:
        with pytest.raises(PbxAway):
            await connect(peer.account, timings)


@in_loop
async def test_a_refused_connection_is_away(peer: Peer) -> None:
    async with peer:
        account = peer.account

    with pytest.raises(PbxAway):
        await connect(account, AMPLE)


@in_loop
async def test_a_rejected_sign_in_is_a_refusal_and_not_an_absence(peer: Peer) -> None:
    async with peer:
        with pytest.raises(SignInRefused) as refused:
            await connect(replace(peer.account, secret="wrong"), AMPLE)

    assert not isinstance(refused.value, PbxAway)
    assert "wrong" not in str(refused.value)


@in_loop
async def test_a_pbx_that_does_not_finish_starting_is_away(peer: Peer) -> None:
    peer.booted = False
    async with peer:
        with pytest.raises(PbxAway, match="starting"):
            await connect(peer.account, replace(AMPLE, booted=0.1))
