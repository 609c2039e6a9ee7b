"""Events nobody asked for, until somebody takes them: bounded, because a PBX may be quicker than its reader."""

import asyncio
from collections import deque

from extensions.pbx.ami.message import Message

BREATH = 64  # events after which others get their turn, however many wait


class Overflow(Exception):
    """More events than may wait. They are dropped: a new snapshot tells what they told."""


class Inbox:
    """One writer, one reader. `end` lets the reader take what is there and then be told that nothing follows."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._waiting: deque[Message] = deque()
        self._stirred = asyncio.Event()
        self._taken = 0
        self._ended = False

    def put(self, message: Message) -> None:
        if len(self._waiting) >= self._most:
            self._waiting.clear()
            raise Overflow
        self._waiting.append(message)
        self._stirred.set()

    def end(self) -> None:
        self._ended = True
        self._stirred.set()

    async def next(self, within: float | None) -> Message | None:
        """The next event, None where none came `within` seconds. Raises EOFError after the last one."""
        self._taken += 1
        if self._taken % BREATH == 0:
            await asyncio.sleep(0)
        while not self._waiting:
            if self._ended:
                raise EOFError
            self._stirred.clear()
            try:
                async with asyncio.timeout(within):
                    await self._stirred.wait()
            except TimeoutError:
                return None
        return self._waiting.popleft()
