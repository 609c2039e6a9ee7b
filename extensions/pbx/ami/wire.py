"""The bytes of one connection: opened within a deadline, read until it ends, closed without leaving anything behind."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from django.utils.translation import gettext as _

from extensions.pbx.ami.account import Account, Timings
from extensions.pbx.ami.message import Headers, Message, NotAmi, Parser, emit
from extensions.pbx.driver import PbxAway

logger = logging.getLogger(__name__)

GREETING = "Asterisk Call Manager/"
READ = 256 * 1024
CLOSING = 1.0  # seconds for what is still to be sent


class Wire:
    """Calls `take` with every message; `on_loss` is called once, and `reason` said, when it is of no use any more."""

    def __init__(self, account: Account, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reason = ""  # why it is lost; empty while it works
        self.take: Callable[[Message], None] = lambda message: None
        self.on_loss: Callable[[], None] = lambda: None
        self._account = account
        self._reader = reader
        self._writer = writer
        self._parser = Parser(greeting=True)
        self._first: list[Message] = []
        self._task: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, account: Account, timings: Timings) -> "Wire":
        """A connection that has been greeted. Raises PbxAway."""
        wire = None
        try:
            async with asyncio.timeout(timings.connect):
                streams = await asyncio.open_connection(account.host, account.port, ssl=account.tls)
                wire = cls(account, *streams)
                await wire._be_greeted()
        except TimeoutError:
            raise _gone(wire, _("The PBX at %(account)s does not answer.") % {"account": account}) from None
        except (OSError, NotAmi) as error:
            raise _gone(wire, _("The PBX at %(account)s cannot be reached.") % {"account": account}) from error
        except BaseException:
            _gone(wire, "")
            raise
        return wire

    async def _be_greeted(self) -> None:
        while self._parser.greeting is None:
            data = await self._reader.read(READ)
            self._first += self._parser.feed(data)
            if not data:
                raise ConnectionResetError
        if not self._parser.greeting.startswith(GREETING):
            raise NotAmi

    def start(self) -> None:
        """Begin to read; `take` and `on_loss` are set by now."""
        self._task = asyncio.create_task(self._read(), name=f"ami read {self._account}")

    async def _read(self) -> None:
        try:
            for message in self._first:
                self.take(message)
            while not self.reason and (data := await self._reader.read(READ)):
                for message in self._parser.feed(data):
                    self.take(message)
            self.lose(_("The PBX closed the connection."))
        except OSError:
            self.lose(_("The connection to the PBX broke."))
        except NotAmi:
            self.lose(_("What answers is not a manager interface of Asterisk."))

    async def send(self, headers: Headers) -> None:
        """Send one message. Raises PbxAway when that cannot be done, Unsendable for what must not be sent."""
        data = emit(headers)
        try:
            self._writer.write(data)
            await self._writer.drain()
        except OSError as error:
            raise self.lose(_("The connection to the PBX broke.")) from error

    def lose(self, reason: str) -> PbxAway:
        """End the connection now; the first reason counts. Gives the error that whoever uses it raises."""
        if not self.reason:
            self.reason = reason
            logger.warning("PBX %s: %s", self._account, reason)
            self._writer.transport.abort()
            self.on_loss()
        return PbxAway(self.reason)

    async def close(self) -> None:
        """Send what is still to be sent, and leave."""
        if not self.reason:
            self.reason = _("The connection was closed by the portal.")
            self._writer.close()
            self.on_loss()
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(CLOSING):
                await self._writer.wait_closed()
        self._writer.transport.abort()
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)


def _gone(wire: Wire | None, reason: str) -> PbxAway:
    if wire:
        wire._writer.transport.abort()
    return PbxAway(reason)
