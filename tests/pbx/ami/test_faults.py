"""Everything that a manager interface can do wrong ends as PbxAway within its deadline (REL-11)."""

import time
from dataclasses import replace

import pytest

from extensions.pbx.ami.account import Timings
from extensions.pbx.ami.client import AmiClient
from extensions.pbx.ami.login import SignInRefused, connect
from extensions.pbx.ami.message import MOST_LINE
from extensions.pbx.driver import PbxAway
from tests.pbx.faults import MODES
from tests.pbx.looped import AMPLE, SHORT, in_loop
from tests.pbx.peer import Handler, Peer

SLACK = 2.0  # seconds that a busy machine may take on top of a deadline


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
