"""A connection as a stream: everything as it is, `CaughtUp`, and then every change."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from extensions.pbx.ami.login import connect
from extensions.pbx.ami.message import Message
from extensions.pbx.asterisk import follow as following
from extensions.pbx.asterisk.follow import follow
from extensions.pbx.asterisk.snapshot import LISTS
from extensions.pbx.asterisk.translate.attribution import Attribution
from extensions.pbx.driver import PbxAway, PbxFault
from extensions.pbx.events import BoxCount, CaughtUp, Leg, LegGone, Line, PbxEvent, Registered
from tests.pbx.calling import ANN, BOX, PHONE, calling_peer, contact
from tests.pbx.looped import AMPLE, in_loop
from tests.pbx.peer import Caller, Peer
from tests.pbx.transcript import lists_and_events, replay
from tests.pbx.translate.conftest import DOMAINS, channel


@pytest.fixture
def peer() -> Peer:
    return calling_peer()


async def until_caught_up(events: AsyncIterator[PbxEvent]) -> list[PbxEvent]:
    told: list[PbxEvent] = []
    async for event in events:
        if event == CaughtUp():
            return told
        told.append(event)
    raise AssertionError("never caught up")


@in_loop
async def test_first_comes_everything_that_is_and_then_what_changes(peer: Peer) -> None:
    async with peer, await connect(peer.account, AMPLE) as client:
        events = follow(client, Attribution(DOMAINS))

        told = await until_caught_up(events)
        await peer.callers[0].event("Hangup", *channel(ANN, "1.1").items())

        assert [type(event) for event in told] == [Registered, Line, Leg, BoxCount]
        assert await anext(events) == LegGone("t2", "1.1")


@in_loop
async def test_a_call_that_runs_already_says_since_when_it_is_answered(peer: Peer) -> None:
    async def answered(caller: Caller, action: Message) -> None:
        await caller.answer(action, "Success", ("Value", "1795733981.5"))

    peer.on("Getvar", answered)
    async with peer, await connect(peer.account, AMPLE) as client:
        told = await until_caught_up(follow(client, Attribution(DOMAINS)))

    [leg] = [event for event in told if isinstance(event, Leg)]
    assert leg.answered_at == datetime.fromtimestamp(1795733981.5, UTC)


@in_loop
async def test_what_happens_while_it_looks_around_is_not_lost(peer: Peer) -> None:
    async def ends_meanwhile(caller: Caller, action: Message) -> None:
        await caller.event("Hangup", *channel(ANN, "1.1").items())
        await caller.event("MessageWaiting", ("Mailbox", "23@t2"), ("New", "5"))
        await caller.list(action, "VoicemailUserEntry", [BOX])

    peer.on("VoicemailUsersList", ends_meanwhile)
    async with peer, await connect(peer.account, AMPLE) as client:
        events = follow(client, Attribution(DOMAINS))
        await until_caught_up(events)

        assert [await anext(events) for _ in range(2)] == [LegGone("t2", "1.1"), BoxCount("t2", 23, 5, 0)]


@in_loop
async def test_a_telephone_that_comes_is_listed_soon(peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "SOON", 0.05)
    async with peer, await connect(peer.account, AMPLE) as client:
        events = follow(client, Attribution(DOMAINS))
        await until_caught_up(events)
        peer.lists("PJSIPShowContacts", "ContactList", contact("sip:101@10.0.0.5"), contact("sip:101@10.0.0.6"))
        come = [("EndpointName", PHONE), ("URI", "sip:101@10.0.0.6"), ("ContactStatus", "Reachable")]
        await peer.callers[0].event("ContactStatus", *come)

        first, whole = await anext(events), await anext(events)

        assert isinstance(first, Registered)
        assert [phone.agent for phone in first.phones] == ["Snom D785", ""]
        assert isinstance(whole, Registered)
        assert [phone.agent for phone in whole.phones] == ["Snom D785", "Snom D785"]


@in_loop
async def test_a_pbx_that_refuses_a_list_says_which(peer: Peer) -> None:
    del peer.handlers["queuestatus"]
    async with peer, await connect(peer.account, AMPLE) as client:
        with pytest.raises(PbxFault, match="QueueStatus") as refused:
            await until_caught_up(follow(client, Attribution(DOMAINS)))

    assert not isinstance(refused.value, PbxAway)


@pytest.mark.parametrize("name", ["queue", "park"])
@in_loop
async def test_what_a_real_pbx_said_arrives_over_a_connection(name: str) -> None:
    lists, messages = lists_and_events(name)
    begun, events = replay(name)
    peer = Peer()

    async def listed(caller: Caller, action: Message) -> None:
        own = ("ActionID", action.get("ActionID"))
        await caller.answer(action, "Success", ("EventList", "start"))
        for message in lists.get(action.get("Action"), []):
            await caller.tell(*(own if header[0] == "ActionID" else header for header in message.headers))
        await caller.event("Complete", own, ("EventList", "Complete"))

    for action in LISTS:
        peer.on(action, listed)
    async with peer, await connect(peer.account, AMPLE) as client:
        told = follow(client, Attribution(DOMAINS))
        first = await until_caught_up(told)
        for message in messages:
            await peer.callers[0].tell(*message.headers)
        later = [await anext(told) for _ in events]

    assert [type(event) for event in first] == [type(event) for event in begun]
    assert later == events
