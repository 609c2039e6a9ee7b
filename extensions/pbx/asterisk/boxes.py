"""Looking whether Asterisk has the voicemail boxes that were written: it is asked for those that changed, one by one.

Listing six thousand boxes means reading twice as many headers as there are endpoints; only many are listed.
"""

import asyncio

from extensions.pbx.ami.client import AmiClient
from extensions.pbx.asterisk.pins import boxes_in
from extensions.pbx.asterisk.placing import Placed
from extensions.pbx.driver import Change
from extensions.pbx.formats.values import word

FILE = "voicemail.conf"


def moved_boxes(change: Change, placed: Placed) -> tuple[set[int], set[int]]:
    """The boxes that Asterisk is to have now, of those whose lines changed, and those that are to be gone."""
    now, then = boxes_in(change.files.get(FILE, "")), boxes_in((placed.before or {}).get(FILE, ""))
    return {box for box, line in now.items() if then.get(box) != line}, then.keys() - now.keys()


async def odd_boxes(client: AmiClient, tenant: str, wanted: set[int], gone: set[int]) -> list[int]:
    """The boxes that are missing or still there."""
    asked = [*((box, True) for box in sorted(wanted)), *((box, False) for box in sorted(gone))]
    found = await asyncio.gather(*(_has(client, tenant, box) for box, _there in asked))
    return [box for (box, there), has in zip(asked, found, strict=True) if has is not there]


async def _has(client: AmiClient, tenant: str, box: int) -> bool:
    where = (("Context", word(tenant)), ("Mailbox", f"{box:d}"))
    _response, events = await client.listing("VoicemailUserStatus", *where)
    return any(one.get("VoiceMailbox") == f"{box:d}" for one in events)
