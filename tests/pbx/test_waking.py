"""After a PBX was started anew it is asked at once which telephones are there (PRS-02, REL-11)."""

from contextlib import aclosing

import pytest

from extensions.pbx.ami.login import connect
from extensions.pbx.ami.message import Message
from extensions.pbx.asterisk import waking
from extensions.pbx.asterisk.follow import follow
from extensions.pbx.asterisk.translate.attribution import Attribution
from extensions.pbx.events import CaughtUp
from tests.pbx.calling import calling_peer
from tests.pbx.looped import AMPLE, in_loop, settle
from tests.pbx.peer import Caller, Headers
from tests.pbx.translate.conftest import DOMAINS


def listed(number: int, status: str) -> Headers:
    return [("Endpoint", f"{number}@acme.example.com"), ("Uri", f"sip:{number}@10.0.0.5"), ("Status", status)]


@pytest.mark.feature("PRS-02")
@in_loop
async def test_telephones_that_were_not_looked_after_are_looked_after_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waking, "AT_ONCE", 2)
    monkeypatch.setattr(waking, "PAUSE", 0.0)
    peer, asked = calling_peer(), []
    known = [listed(101, "Reachable"), listed(102, "Unreachable")]
    unknown = [listed(number, status) for number in (103, 104, 105, 106) for status in ("Unknown", "NonQualified")]
    peer.lists("PJSIPShowContacts", "ContactList", *known, *unknown)

    async def qualify(caller: Caller, action: Message) -> None:
        asked.append(action.get("Endpoint"))
        gone = action.get("Endpoint").startswith("104")
        await caller.answer(action, "Error" if gone else "Success", ("Message", "Endpoint not found" if gone else ""))

    peer.on("PJSIPQualify", qualify)
    async with (
        peer,
        await connect(peer.account, AMPLE) as client,
        aclosing(follow(client, Attribution(DOMAINS))) as told,
    ):
        async for event in told:
            if event == CaughtUp():
                break
        await settle(lambda: len(asked) == 4)

    assert sorted(asked) == [f"{number}@acme.example.com" for number in (103, 104, 105, 106)]
