"""The simulator's voicemail: messages lie in its memory, and whoever plays tells how many there are (VM-05)."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from redis.exceptions import RedisError

from extensions.pbx.driver import PbxAway
from extensions.pbx.messages import Folder, Message
from extensions.pbx.simulator.inbox import key_of, melody, read_messages, write_message
from extensions.pbx.simulator.memory import Memory


class MessagesOfSimulator:
    """The part of the driver that is about messages."""

    memory: Memory

    async def messages(self, tenant: str, boxes: Collection[int] | None = None) -> Sequence[Message]:
        """What lies in the boxes."""
        try:
            found = read_messages(await self.memory.messages(tenant))
        except RedisError as fault:
            raise PbxAway("The simulator's memory (Redis) does not answer.") from fault
        return [one for one in found if boxes is None or one.box in boxes]

    async def message_audio(self, tenant: str, box: int, message: str) -> bytes | None:
        """A few notes."""
        found = await self._some(tenant, box, [message])
        return melody(f"{box}{message}", found[0].seconds) if found else None

    async def move_messages(self, tenant: str, box: int, messages: Collection[str], to: Folder) -> int:
        """Put them there."""
        found = await self._some(tenant, box, messages)
        await self._keep(tenant, [replace(one, folder=to) for one in found])
        return len(found)

    async def forward_messages(self, tenant: str, box: int, messages: Collection[str], to_box: int) -> int:
        """Copies get ids of their own, as Asterisk's do."""
        found = await self._some(tenant, box, messages)
        copies = [replace(one, box=to_box, id=f"sim-{secrets.token_hex(6)}", folder=Folder.NEW) for one in found]
        await self._keep(tenant, copies)
        return len(copies)

    async def remove_messages(self, tenant: str, box: int, messages: Collection[str]) -> int:
        """Forget them."""
        found = await self._some(tenant, box, messages)
        await self._keep(tenant, [], gone=[key_of(box, one.id) for one in found])
        return len(found)

    async def close_boxes(self, tenant: str, full: Mapping[int, bool]) -> None:
        """Plays leave few messages in a box; none becomes full."""

    async def _some(self, tenant: str, box: int, messages: Collection[str]) -> list[Message]:
        return [one for one in await self.messages(tenant, [box]) if one.id in messages]

    async def _keep(self, tenant: str, messages: Collection[Message], gone: Collection[str] = ()) -> None:
        try:
            kept = {key_of(one.box, one.id): write_message(one) for one in messages}
            await self.memory.change_messages(tenant, kept, gone)
        except RedisError as fault:
            raise PbxAway("The simulator's memory (Redis) does not answer.") from fault
