"""One connection: what is asked is answered, what happens is told, and neither is taken for the other."""

import asyncio
from dataclasses import replace

import pytest

from extensions.pbx.ami.login import connect
from extensions.pbx.ami.message import Message, Unsendable
from extensions.pbx.driver import PbxAway, PbxFault
from tests.pbx.looped import AMPLE, in_loop
from tests.pbx.peer import SECRET, Caller, Peer


@in_loop
async def test_signing_in_never_sends_the_secret(peer: Peer) -> None:
    async with peer, await connect(peer.account, AMPLE):
        pass

    assert peer.actions[:3] == ["Challenge", "Login", "Ping"]
    assert SECRET.encode() not in peer.received
    assert SECRET not in repr(peer.account)


@in_loop
async def test_events_between_a_list_are_not_of_the_list(peer: Peer) -> None:
    async def interleaved(caller: Caller, action: Message) -> None:
        own = ("ActionID", action.get("ActionID"))
        await caller.event("Newchannel", ("Uniqueid", "1"))
        await caller.answer(action, "Success", ("EventList", "start"))
        await caller.event("CoreShowChannel", own, ("Uniqueid", "2"))
        await caller.event("Hangup", ("Uniqueid", "1"))
        await caller.event("CoreShowChannel", ("ActionID", "another's"), ("Uniqueid", "3"))
        await caller.event("CoreShowChannelsComplete", own, ("EventList", "Complete"))

    peer.on("CoreShowChannels", interleaved)
    async with peer, await connect(peer.account, AMPLE) as client:
        _response, events = await client.listing("CoreShowChannels")
        told = [await client.next_event() for _ in range(3)]

    assert [event.get("Uniqueid") for event in events] == ["2"]
    assert [event.get("Uniqueid") for event in told if event] == ["1", "1", "3"]


@pytest.mark.parametrize(
    "said", ["No Contacts found", "No endpoints found", "No dialplan hints are available", "There are no boxes"]
)
@in_loop
async def test_an_empty_list_that_says_error_is_empty(peer: Peer, said: str) -> None:
    async def empty(caller: Caller, action: Message) -> None:
        await caller.answer(action, "Error", ("Message", said))

    peer.on("PJSIPShowContacts", empty)
    async with peer, await connect(peer.account, AMPLE) as client:
        _response, events = await client.listing("PJSIPShowContacts")

    assert events == []


@pytest.mark.parametrize("said", ["Permission denied", "No such command found", "Invalid/unknown command: X"])
@in_loop
async def test_a_refusal_is_told_in_a_sentence_and_the_connection_lives(peer: Peer, said: str) -> None:
    async def refuse(caller: Caller, action: Message) -> None:
        await caller.answer(action, "Error", ("Message", f"{said} {SECRET}"))

    peer.on("QueueStatus", refuse)
    async with peer, await connect(peer.account, AMPLE) as client:
        with pytest.raises(PbxFault, match="refused QueueStatus") as refused:
            await client.listing("QueueStatus")
        await client.ping()

    assert SECRET not in str(refused.value)
    assert not isinstance(refused.value, PbxAway)


@in_loop
async def test_a_success_without_a_list_is_an_empty_one(peer: Peer) -> None:
    async def nothing(caller: Caller, action: Message) -> None:
        await caller.answer(action, "Success", ("Message", "There are no voicemail users currently defined."))

    peer.on("VoicemailUsersList", nothing)
    async with peer, await connect(peer.account, AMPLE) as client:
        assert (await client.listing("VoicemailUsersList"))[1] == []


@in_loop
async def test_many_actions_at_once_each_get_their_own_answer(peer: Peer) -> None:
    async def echo(caller: Caller, action: Message) -> None:
        await caller.answer(action, "Success", ("Val", action.get("Key")))

    peer.on("DBGet", echo)
    async with peer, await connect(peer.account, AMPLE) as client:
        answers = await asyncio.gather(*(client.action("DBGet", ("Key", str(number))) for number in range(200)))

    assert [answer.get("Val") for answer in answers] == [str(number) for number in range(200)]


@in_loop
async def test_repeated_headers_are_all_there(peer: Peer) -> None:
    async def output(caller: Caller, action: Message) -> None:
        await caller.answer(action, "Success", ("Output", "one"), ("Output", ""), ("Output", "three: four"))

    peer.on("Command", output)
    async with peer, await connect(peer.account, AMPLE) as client:
        response = await client.action("Command", ("Command", "core show uptime"))

    assert response.all("output") == ["one", "", "three: four"]


@in_loop
async def test_a_header_that_would_be_two_is_never_sent(peer: Peer) -> None:
    async with peer, await connect(peer.account, AMPLE) as client:
        with pytest.raises(Unsendable):
            await client.action("DBPut", ("Val", "x\r\nAction: Originate"))
        await client.ping()

    assert b"Originate" not in peer.received


@in_loop
async def test_an_unanswered_ping_ends_the_connection(peer: Peer) -> None:
    timings = replace(AMPLE, ping_every=0.05, ping_within=0.1)
    async with peer, await connect(peer.account, timings) as client:

        async def silence(caller: Caller, action: Message) -> None:
            pass

        peer.on("Ping", silence)

        with pytest.raises(PbxAway, match="in time"):
            await client.next_event()


@in_loop
async def test_a_long_action_is_not_taken_for_a_dead_pbx(peer: Peer) -> None:
    async def slow(caller: Caller, action: Message) -> None:
        await asyncio.sleep(0.5)
        await caller.answer(action, "Success")

    peer.on("Reload", slow)
    timings = replace(AMPLE, ping_every=0.02, ping_within=0.2)
    async with peer, await connect(peer.account, timings) as client:
        await client.action("Reload", within=5)


@in_loop
async def test_its_clock_is_compared_with_ours(peer: Peer) -> None:
    peer.clock_ahead = 7200
    async with peer, await connect(peer.account, AMPLE) as client:
        assert client.skew == pytest.approx(7200, abs=2)
