"""What is asked after each connecting: everything that is now the case."""

import asyncio

from extensions.pbx.ami.client import AmiClient
from extensions.pbx.ami.message import Message, Unsendable
from extensions.pbx.asterisk.translate.channels import ANSWERED, SHOWN, UP
from extensions.pbx.driver import PbxAway, PbxFault

CONTACTS = "PJSIPShowContacts"
CHANNELS = "CoreShowChannels"
QUEUES = "QueueStatus"
LISTS = (
    "PJSIPShowEndpoints",
    CONTACTS,
    CHANNELS,
    "ParkedCalls",
    QUEUES,
    "VoicemailUsersList",
)
AT_ONCE = 50  # questions under way


async def take_snapshot(client: AmiClient) -> dict[str, list[Message]]:
    """The events of each list action by its name. Raises PbxAway and PbxFault.

    Events that come meanwhile wait and are told after it. They may repeat what it says already; as every change has its
    event, the last one leaves everything as it is.
    """
    lists = {name: (await client.listing(name))[1] for name in LISTS}
    lists[CHANNELS] = await _with_answers(client, lists[CHANNELS])
    return lists


async def _with_answers(client: AmiClient, channels: list[Message]) -> list[Message]:
    """The list of channels does not say since when they talk; their call records do."""
    whole: list[Message] = []
    for start in range(0, len(channels), AT_ONCE):
        some = channels[start : start + AT_ONCE]
        moments = await asyncio.gather(*(_answered(client, one) for one in some))
        whole += [Message((*one.headers, (ANSWERED, at))) for one, at in zip(some, moments, strict=True)]
    return whole


async def _answered(client: AmiClient, channel: Message) -> str:
    name = channel.get("Channel")
    if channel.get("ChannelState") != UP or not name.startswith(SHOWN):
        return ""
    try:
        response = await client.action("Getvar", ("Channel", name), ("Variable", "CDR(answer,u)"))
    except PbxAway:
        raise
    except (PbxFault, Unsendable):
        return ""  # it ended meanwhile, or has a name that cannot be asked about
    return response.get("Value")
