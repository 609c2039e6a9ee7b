"""Telephones of which a PBX does not know yet whether they are there: it is asked to look at once (PRS-02).

An Asterisk that was started anew remembers who is registered, and looks after each within the next minute. Until then
it takes them for absent: teams do not ring them, and lamps stay dark.
"""

import asyncio
from collections.abc import Iterable

from extensions.pbx.ami.client import AmiClient
from extensions.pbx.ami.message import Message
from extensions.pbx.driver import PbxAway

LOOKED_AFTER = ("Reachable", "Unreachable")
AT_ONCE, PAUSE = 50, 0.05  # telephones asked together, and the seconds between: a thousand a second at most


async def wake(client: AmiClient, contacts: Iterable[Message]) -> None:
    """Let the PBX look after those of `contacts` (as it lists them) that it has not looked after yet; the changes come
    as events. Ends quietly where the connection does."""
    unknown = list(dict.fromkeys(one.get("Endpoint") for one in contacts if one.get("Status") not in LOOKED_AFTER))
    for start in range(0, len(unknown), AT_ONCE):
        some = unknown[start : start + AT_ONCE]
        asked = (client.action("PJSIPQualify", ("Endpoint", name)) for name in some)
        answers = await asyncio.gather(*asked, return_exceptions=True)  # one may have left meanwhile
        if any(isinstance(answer, PbxAway) for answer in answers):
            return
        await asyncio.sleep(PAUSE)
