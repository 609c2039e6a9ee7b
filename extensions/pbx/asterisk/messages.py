"""Voicemail messages of an Asterisk (VM-05): read from its files, changed by Asterisk 20.9, 21.4, 22 or later."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from extensions.pbx.ami.account import Account
from extensions.pbx.ami.client import AmiClient
from extensions.pbx.ami.login import connect
from extensions.pbx.asterisk.spool import NEW, PLACES, Kept, Spool
from extensions.pbx.driver import PbxFault
from extensions.pbx.messages import Folder, Message

_MANY = 60  # seconds that one change of a large box may take


class MessagesOfAsterisk:
    """The part of a driver that is about messages."""

    account: Account
    spool: Spool

    async def messages(self, tenant: str, boxes: Collection[int] | None = None) -> Sequence[Message]:
        """What lies in the boxes."""
        found = (kept.message for kept in self.spool.messages(tenant, boxes))
        return sorted(found, key=lambda one: (one.at, one.id), reverse=True)

    async def message_audio(self, tenant: str, box: int, message: str) -> bytes | None:
        """The sound of a message."""
        return self.spool.sound(tenant, box, message)

    async def move_messages(self, tenant: str, box: int, messages: Collection[str], to: Folder) -> int:
        """Move what is not there already."""
        kept = self._kept(tenant, box, messages)
        moving = [one for one in kept if one.message.folder is not to]
        moved = await self._each("VoicemailMove", tenant, moving, ("ToFolder", PLACES[to]))
        return len(kept) - len(moving) + moved

    async def forward_messages(self, tenant: str, box: int, messages: Collection[str], to_box: int) -> int:
        """Copy into the other box's new messages."""
        where = (("ToContext", tenant), ("ToMailbox", f"{to_box:d}"), ("ToFolder", NEW))
        return await self._each("VoicemailForward", tenant, self._kept(tenant, box, messages), *where)

    async def remove_messages(self, tenant: str, box: int, messages: Collection[str]) -> int:
        """Take away for good."""
        return await self._each("VoicemailRemove", tenant, self._kept(tenant, box, messages))

    async def close_boxes(self, tenant: str, full: Mapping[int, bool]) -> None:
        """What the dialplan asks before it records stands in Asterisk's own database."""
        family = f"tl/{tenant}/full"
        if not full:
            return
        async with await connect(self.account, events=False) as client:
            _response, events = await client.listing("DBGetTree", ("Family", family))
            held = {one.get("Key").rpartition("/")[2] for one in events if one.get("Val")}
            for box, is_full in full.items():
                if is_full and str(box) not in held:
                    await client.action("DBPut", ("Family", family), ("Key", str(box)), ("Val", "1"))
                elif not is_full and str(box) in held:
                    await client.action("DBDel", ("Family", family), ("Key", str(box)))

    def _kept(self, tenant: str, box: int, messages: Collection[str]) -> list[Kept]:
        wanted = set(messages)
        return [one for one in self.spool.messages(tenant, [box]) if one.message.id in wanted]

    async def _each(self, action: str, tenant: str, kept: Iterable[Kept], *more: tuple[str, str]) -> int:
        """One action for each message; how many succeeded. One that went meanwhile is no fault, everything else is."""
        waiting = list(kept)
        if not waiting:
            return 0
        async with await connect(self.account, events=False) as client:
            done = [await _act(client, action, tenant, one, more) for one in waiting]
        if not any(done) and len(waiting) == len(self._still(tenant, waiting)):
            raise PbxFault(_("The PBX did not take the change; a full box takes no more messages."))
        return sum(done)

    def _still(self, tenant: str, kept: list[Kept]) -> list[Kept]:
        now = {(one.message.id, one.folder) for one in self.spool.messages(tenant, [kept[0].message.box])}
        return [one for one in kept if (one.message.id, one.folder) in now]


async def _act(client: AmiClient, action: str, tenant: str, one: Kept, more: Sequence[tuple[str, str]]) -> bool:
    facts = (("Context", tenant), ("Mailbox", f"{one.message.box:d}"), ("Folder", one.folder), ("ID", one.message.id))
    answer = await client.action(action, *facts, *more, within=_MANY)
    return "successful" in answer.get("Message")  # a failure is answered with Response: Success, too
