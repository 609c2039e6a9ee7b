"""What is asked after each connecting: everything that is now the case."""

from extensions.pbx.ami.client import AmiClient
from extensions.pbx.ami.message import Message

CONTACTS = "PJSIPShowContacts"
LISTS = (
    "PJSIPShowEndpoints",
    CONTACTS,
    "CoreShowChannels",
    "ParkedCalls",
    "QueueStatus",
    "VoicemailUsersList",
)


async def take_snapshot(client: AmiClient) -> dict[str, list[Message]]:
    """The events of each list action by its name. Raises PbxAway and PbxFault.

    Events that come meanwhile wait and are told after it. They may repeat what it says already; as every change has its
    event, the last one leaves everything as it is.
    """
    return {name: (await client.listing(name))[1] for name in LISTS}
