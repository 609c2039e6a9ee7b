"""A connection as a stream of events: everything as it is, then `CaughtUp`, then every change."""

import asyncio
import time
from collections.abc import AsyncGenerator
from datetime import UTC, datetime

from extensions.pbx.ami.client import AmiClient
from extensions.pbx.asterisk.snapshot import CONTACTS, QUEUES, take_snapshot
from extensions.pbx.asterisk.translate.attribution import Attribution
from extensions.pbx.asterisk.translate.shapes import Clock
from extensions.pbx.asterisk.translate.translator import Translator
from extensions.pbx.asterisk.waking import wake
from extensions.pbx.events import CaughtUp, PbxEvent

# Contacts are listed anew when a telephone came, and now and then for round trips and expiries, which have no events.
SOON = 1.0
SELDOM = 60.0
SHARE = 20  # of the time at least so many parts to one are not spent on listing


async def follow(client: AmiClient, attribution: Attribution) -> AsyncGenerator[PbxEvent, None]:
    """Everything that a PBX tells, translated.

    Args:
        client: signed in with events; whoever made it closes it.
        attribution: whose the events are; it may learn new tenants meanwhile.
    Raises:
        PbxAway: the connection was lost. A new one starts from the beginning.
        PbxFault: the PBX refuses to list something.
    """
    translator = Translator(attribution, Clock(lambda: datetime.now(UTC), lambda: client.skew))
    lists = await take_snapshot(client)
    for event in translator.begin(lists):
        yield event
    waking = asyncio.create_task(wake(client, lists[CONTACTS]))
    try:
        yield CaughtUp()
        async for event in _changes(client, translator):
            yield event
    finally:
        waking.cancel()


async def _changes(client: AmiClient, translator: Translator) -> AsyncGenerator[PbxEvent, None]:
    timer = Timer()
    while True:
        message = await client.next_event(within=timer.left(wanted=translator.wants_contacts))
        if message is not None:
            for event in [*translator.translate(message), *await _members(client, translator)]:
                yield event
        if timer.left(wanted=translator.wants_contacts) <= 0:
            begun = time.monotonic()
            _response, listed = await client.listing(CONTACTS)
            timer.listed(begun)
            for event in translator.contacts(listed):
                yield event


async def _members(client: AmiClient, translator: Translator) -> list[PbxEvent]:
    """Who came and went with a configuration that was just read."""
    if not translator.wants_members:
        return []
    _response, listed = await client.listing(QUEUES)
    return translator.members(listed)


class Timer:
    """When to list contacts again: soon where that is wanted, but never so often that a large PBX does little else."""

    def __init__(self) -> None:
        self._last = time.monotonic()
        self._pause = SOON

    def left(self, *, wanted: bool) -> float:
        """Seconds until then; not positive when it is time."""
        return self._last + (self._pause if wanted else max(SELDOM, self._pause)) - time.monotonic()

    def listed(self, begun: float) -> None:
        self._last = time.monotonic()
        self._pause = max(SOON, SHARE * (self._last - begun))
