"""Hears everything that the PBX tells while tests run: its own events, and what the portal's driver makes of them."""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, Self, TypeVar

from extensions.pbx.ami.account import Account
from extensions.pbx.ami.login import connect
from extensions.pbx.ami.message import Message
from extensions.pbx.asterisk.managed import AsteriskManaged
from extensions.pbx.driver import PbxAway
from extensions.pbx.events import CaughtUp, PbxEvent
from tests.patience import PATIENCE

Event = TypeVar("Event", bound=PbxEvent)
Result = TypeVar("Result")


class Ears:
    """Use as a context. Everything since `forget` is kept; `raw` and `told` wait for what has not come yet."""

    def __init__(self, driver: AsteriskManaged) -> None:
        self.driver = driver
        self.messages: list[Message] = []
        self.events: list[PbxEvent] = []
        self._news = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._portal: Future[None] | None = None

    def __enter__(self) -> Self:
        self._listening = self._begin(self._listen())
        self.open_portal()
        return self

    def __exit__(self, *_fault: object) -> None:
        self.close_portal()
        self._stop(self._listening)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def listen_again(self) -> None:
        """The PBX was started anew: what was connected to it is not any more."""
        self.close_portal()
        self._stop(self._listening)
        self._listening = self._begin(self._listen())
        self.open_portal()

    # --- the portal's own connection -----------------------------------------------------------------------------
    def open_portal(self) -> None:
        """Follow as `manage.py pbx` does, until `close_portal`."""
        self.forget()
        self._portal = self._begin(self._follow())
        self._until(lambda: CaughtUp() in self.events, "CaughtUp")

    def close_portal(self) -> None:
        """The portal goes away."""
        if self._portal is not None:
            self._stop(self._portal)

    async def _follow(self) -> None:
        async for event in self.driver.events():
            with self._news:
                self.events.append(event)
                self._news.notify_all()

    async def _listen(self) -> None:
        async with await connect(self.account) as client:
            async for message in client.events():
                with self._news:
                    self.messages.append(message)
                    self._news.notify_all()

    @property
    def account(self) -> Account:
        return self.driver.account

    def _begin(self, work: Coroutine[Any, Any, None]) -> "Future[None]":
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def _stop(self, work: "Future[None]") -> None:
        work.cancel()
        time.sleep(0.05)

    # --- what was heard ------------------------------------------------------------------------------------------
    def forget(self) -> None:
        """Begin anew."""
        with self._news:
            self.messages.clear()
            self.events.clear()

    def raw(self, name: str, within: float = PATIENCE, **fields: str) -> Message:
        """The first of Asterisk's own events of this name with these fields; `Tl…` and others by their header."""
        return self._until(lambda: next(iter(self.all_raw(name, **fields)), None), f"{name} {fields}", within)

    def all_raw(self, name: str, **fields: str) -> list[Message]:
        """All of them until now."""
        named = [one for one in list(self.messages) if one.get("Event") == name]
        return [one for one in named if all(one.get(key) == value for key, value in fields.items())]

    def told(self, kind: type[Event], within: float = PATIENCE, **fields: object) -> Event:
        """The first normalised event of this kind with these fields."""
        return self._until(lambda: next(iter(self.all_told(kind, **fields)), None), f"{kind.__name__} {fields}", within)

    def all_told(self, kind: type[Event], **fields: object) -> list[Event]:
        """All of them until now."""
        found = [one for one in list(self.events) if isinstance(one, kind)]
        return [one for one in found if all(getattr(one, key) == value for key, value in fields.items())]

    def until(self, is_so: Callable[[], object], what: str, within: float = PATIENCE) -> Any:
        """Ask again at every event and now and then, until something is so."""
        deadline = time.monotonic() + within
        while not (found := is_so()):
            assert time.monotonic() < deadline, f"never {what}"
            with self._news:
                self._news.wait(0.1)
        return found

    def _until(self, found: Callable[[], Any], what: str, within: float = PATIENCE) -> Any:
        with self._news:
            self._news.wait_for(found, within)
            result = found()
        assert result, f"no {what}"
        return result

    # --- asking the PBX ------------------------------------------------------------------------------------------
    def action(self, name: str, **headers: str) -> Message:
        """One action of the manager interface."""
        return self._ask(lambda client: client.action(name, *headers.items()))

    def listing(self, name: str, **headers: str) -> list[Message]:
        """The events of a list action."""
        return self._ask(lambda client: client.listing(name, *headers.items()))[1]

    def value(self, variable: str) -> str:
        """What the PBX says to a function or variable, without a channel."""
        return str(self.action("Getvar", Variable=variable).get("Value"))

    def run(self, work: Callable[..., Coroutine[Any, Any, None]], *arguments: object) -> None:
        """Something of the portal's that takes a client."""
        self._ask(lambda client: work(client, *arguments))

    def _ask(self, what: Callable[[Any], Coroutine[Any, Any, Result]]) -> Result:
        async def ask() -> Result:
            async with await connect(self.account, events=False) as client:
                return await what(client)

        return asyncio.run_coroutine_threadsafe(ask(), self._loop).result(10)


__all__ = ["Ears", "PbxAway"]
