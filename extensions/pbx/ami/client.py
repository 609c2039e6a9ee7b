"""One signed-in connection to a manager interface."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Self

from django.utils.translation import gettext as _

from extensions.pbx.ami.account import Account, Timings
from extensions.pbx.ami.exchange import Exchange, TooMany, says_empty
from extensions.pbx.ami.inbox import Inbox, Overflow
from extensions.pbx.ami.message import Message
from extensions.pbx.ami.redact import plain, without
from extensions.pbx.ami.wire import Wire
from extensions.pbx.driver import PbxAway, PbxFault

Header = tuple[str, str]


class AmiClient:
    """Made by `extensions.pbx.ami.login.connect`; use it as an async context manager, or call `close`.

    Whatever makes the connection useless (silence, nonsense, too many events, the other side closing) ends it as a
    whole: everything under way and everything later raises PbxAway with the reason.
    """

    def __init__(self, account: Account, timings: Timings, wire: Wire) -> None:
        self.account = account
        self.timings = timings
        self.skew = 0.0  # the PBX's clock minus ours in seconds, by the newest Ping
        self._wire = wire
        self._exchange = Exchange(timings.listed)
        self._inbox = Inbox(timings.waiting_events)
        self._booted = asyncio.Event()
        self._pinging: asyncio.Task[None] | None = None
        wire.take, wire.on_loss = self._take, self._end
        wire.start()

    async def action(self, name: str, *headers: Header, within: float | None = None) -> Message:
        """The response to an action, `within` seconds. Raises PbxFault for an error, PbxAway where none comes."""
        response, _events = await self._ask(name, headers, listing=False, within=within or self.timings.reply)
        if response.get("Response").lower() == "error":
            raise self._refusal(name, response)
        return response

    async def listing(self, name: str, *headers: Header, within: float | None = None) -> tuple[Message, list[Message]]:
        """The response to a list action and its events without the closing one; an empty list is no error."""
        response, events = await self._ask(name, headers, listing=True, within=within or self.timings.listing)
        if response.get("Response").lower() == "error" and not says_empty(response):
            raise self._refusal(name, response)
        return response, events

    async def ping(self) -> None:
        """Look whether it is there, and how far its clock is from ours. Raises PbxAway."""
        before = time.time()
        response = await self.action("Ping", within=self.timings.ping_within)
        with suppress(ValueError):  # a PBX that does not tell its time is taken to be right
            self.skew = float(response.get("Timestamp")) - (before + time.time()) / 2

    async def _ask(
        self, name: str, headers: tuple[Header, ...], *, listing: bool, within: float
    ) -> tuple[Message, list[Message]]:
        if self._wire.reason:
            raise PbxAway(self._wire.reason)
        action_id, waiting = self._exchange.begin(listing=listing)
        try:
            async with asyncio.timeout(within):
                await self._wire.send([("Action", name), ("ActionID", action_id), *headers])
                return await waiting.answer, waiting.events
        except TimeoutError:
            # Actions are answered in their order: what comes after this one would wait for it, too.
            raise self._wire.lose(_("The PBX did not answer %(action)s in time.") % {"action": name}) from None
        finally:
            self._exchange.forget(action_id)

    def _refusal(self, name: str, response: Message) -> PbxFault:
        said = without(plain(response.get("Message")), self.account.secret)
        return PbxFault(_("The PBX refused %(action)s: %(said)s") % {"action": name, "said": said})

    async def next_event(self, within: float | None = None) -> Message | None:
        """The next event that nobody asked for; None where none came `within` seconds. Raises PbxAway at the end."""
        try:
            return await self._inbox.next(within)
        except EOFError:
            raise PbxAway(self._wire.reason) from None

    async def events(self) -> AsyncIterator[Message]:
        """Every event that nobody asked for, from signing in on; ends by raising PbxAway."""
        while True:
            if (message := await self.next_event()) is not None:
                yield message

    def _take(self, message: Message) -> None:
        try:
            if self._wire.reason or self._exchange.take(message):
                return
            if message.get("Event") == "FullyBooted":
                self._booted.set()
            else:
                self._inbox.put(message)
        except TooMany:
            self._wire.lose(_("The PBX sent a list without an end."))
        except Overflow:
            self._wire.lose(_("The PBX sends events faster than they can be taken."))

    async def be_booted(self) -> None:
        """Wait until the PBX says that all of it has started. Raises PbxAway."""
        try:
            async with asyncio.timeout(self.timings.booted):
                await self._booted.wait()
        except TimeoutError:
            raise self._wire.lose(_("The PBX is still starting.")) from None
        if self._wire.reason:
            raise PbxAway(self._wire.reason)

    def keep_alive(self) -> None:
        """Ping from now on, so that a PBX that went away silently is noticed."""
        self._pinging = asyncio.create_task(self._keep_alive(), name=f"ami ping {self.account}")

    async def _keep_alive(self) -> None:
        with suppress(PbxAway):
            while True:
                await asyncio.sleep(self.timings.ping_every)
                if not self._exchange:  # an action under way has its own deadline, and is answered first
                    await self.ping()

    def _end(self) -> None:
        self._exchange.fail(PbxAway(self._wire.reason))
        self._inbox.end()
        self._booted.set()
        if self._pinging and self._pinging is not asyncio.current_task():
            self._pinging.cancel()

    async def close(self) -> None:
        """Sign off and leave nothing behind."""
        if not self._wire.reason:
            with suppress(PbxAway, TimeoutError):
                async with asyncio.timeout(1):
                    await self._wire.send([("Action", "Logoff")])
        await self._wire.close()
        if self._pinging:
            await asyncio.gather(self._pinging, return_exceptions=True)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.close()
