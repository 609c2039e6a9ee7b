"""A manager interface that behaves as a test tells it: well, or in any of the ways in which one can go wrong."""

import asyncio
import hashlib
import ssl
import time
from collections.abc import Awaitable, Callable, Iterable
from typing import Self, cast

from extensions.pbx.ami.account import Account
from extensions.pbx.ami.message import Message, Parser, emit

USER = "portal"
SECRET = "correct-horse-battery"
GREETING = b"Asterisk Call Manager/11.0.0\r\n"
CHALLENGE = "471147"

Header = tuple[str, str]
Headers = Iterable[Header]
Handler = Callable[["Caller", Message], Awaitable[None]]


class Caller:
    """One connection to the peer, from the peer's side."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def raw(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def tell(self, *headers: Header) -> None:
        await self.raw(emit(headers))

    async def answer(self, action: Message, response: str, *headers: Header) -> None:
        await self.tell(("Response", response), ("ActionID", action.get("ActionID")), *headers)

    async def event(self, name: str, *headers: Header) -> None:
        await self.tell(("Event", name), *headers)

    async def list(self, action: Message, name: str, items: list[Headers], *, complete: bool = True) -> None:
        """A list as Asterisk gives one; without its end where `complete` is False."""
        own = ("ActionID", action.get("ActionID"))
        await self.answer(action, "Success", ("EventList", "start"), ("Message", "will follow"))
        for item in items:
            await self.event(name, own, *item)
        if complete:
            await self.event(f"{name}Complete", own, ("EventList", "Complete"), ("ListItems", str(len(items))))

    def drop(self) -> None:
        self.writer.transport.abort()


class Peer:
    """Knows Challenge, Login, Ping and Logoff; `handlers` say what else it does, or does otherwise."""

    def __init__(self) -> None:
        self.handlers: dict[str, Handler] = {}
        self.greeting = GREETING
        self.booted = True
        self.tls: ssl.SSLContext | None = None
        self.clock_ahead = 0.0
        self.received = b""
        self.connections = 0
        self.actions: list[str] = []
        self.callers: list[Caller] = []
        self.port = 0
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def on(self, name: str, handler: Handler) -> None:
        self.handlers[name.lower()] = handler

    def lists(self, name: str, event: str, *items: Headers) -> None:
        """Answer the list action `name` with `items`."""

        async def handler(caller: Caller, action: Message) -> None:
            await caller.list(action, event, list(items))

        self.on(name, handler)

    @property
    def account(self) -> Account:
        return Account("127.0.0.1", self.port, USER, SECRET)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.stop()

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Refuse connections and drop those there are."""
        cast(asyncio.Server, self._server).close()
        for caller in self.callers:
            caller.drop()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.callers.clear()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._tasks.add(task := cast("asyncio.Task[None]", asyncio.current_task()))
        caller = Caller(reader, writer)
        self.callers.append(caller)
        self.connections += 1
        try:
            await caller.raw(self.greeting)
            await self._converse(caller)
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            caller.drop()
            self._tasks.discard(task)

    async def _converse(self, caller: Caller) -> None:
        parser = Parser()
        while data := await caller.reader.read(65536):
            self.received += data
            for action in parser.feed(data):
                name = action.get("Action")
                self.actions.append(name)
                usual: Handler = getattr(self, f"_{name.lower()}", self._unknown)
                await self.handlers.get(name.lower(), usual)(caller, action)

    async def _challenge(self, caller: Caller, action: Message) -> None:
        await caller.answer(action, "Success", ("Challenge", CHALLENGE))

    async def _login(self, caller: Caller, action: Message) -> None:
        wanted = hashlib.md5(f"{CHALLENGE}{SECRET}".encode()).hexdigest()  # noqa: S324 - as the protocol does
        if (action.get("Username"), action.get("Key")) != (USER, wanted):
            await caller.answer(action, "Error", ("Message", "Authentication failed"))
            return
        await caller.answer(action, "Success", ("Message", "Authentication accepted"))
        if self.booted:
            await caller.event("FullyBooted", ("Status", "Fully Booted"))

    async def _ping(self, caller: Caller, action: Message) -> None:
        await caller.answer(action, "Success", ("Ping", "Pong"), ("Timestamp", f"{time.time() + self.clock_ahead:.6f}"))

    async def _logoff(self, caller: Caller, action: Message) -> None:
        await caller.answer(action, "Goodbye")

    async def _unknown(self, caller: Caller, action: Message) -> None:
        await caller.answer(action, "Error", ("Message", f"Invalid/unknown command: {action.get('Action')}."))
