"""Follows one PBX: connects, tells the live store, comes back when it is lost, and stops when another process may."""

import asyncio
import logging
from collections import deque
from contextlib import suppress
from datetime import datetime
from typing import NoReturn

from django.utils import timezone
from redis.exceptions import RedisError

from extensions.pbx.ami.backoff import Backoff
from extensions.pbx.driver import PbxDriver, PbxFault
from extensions.pbx.drivers import PbxFacts, driver_of
from extensions.pbx.events import BoxCount, CaughtUp, PbxEvent, PhoneFeature, Stray, TenantEvent
from extensions.pbx.following import database
from extensions.pbx.following.database import in_database
from extensions.pbx.live.keys import HEARTBEAT
from extensions.pbx.live.link import Link, LinkState
from extensions.pbx.live.steady import SteadyRedis
from extensions.pbx.live.store import LiveStore
from tenants.services.pbx.leases import claim_pbx, hold_pbx, release_pbx

log = logging.getLogger(__name__)

SOON = 1.0  # seconds until a box whose messages changed is looked after
FLUSH = 0.2  # seconds between writes to Redis
LONGEST_WAIT = 15.0  # seconds between attempts: a PBX that is back has the newest state within 30
STRAYS_HELD = 1000  # between two heartbeats; a flood of them must not fill the memory


class Follower:
    """One PBX. `run` ends when the lease is somebody else's or was never had; otherwise it goes on until cancelled."""

    def __init__(self, facts: PbxFacts, *, heartbeat: float = HEARTBEAT) -> None:
        self.facts = facts
        self.heartbeat = heartbeat
        self.backoff = Backoff(1.0, LONGEST_WAIT)
        self.redis = SteadyRedis.open()
        self.store = LiveStore(self.redis, pbx_id=facts.id)
        self.link = self._link(LinkState.CONNECTING, timezone.now())
        self.strays: deque[tuple[str, str]] = deque(maxlen=STRAYS_HELD)
        self.domains: dict[str, str] = {}
        self.driver: PbxDriver | None = None
        self.boxes: set[tuple[str, int]] = set()
        self.features: asyncio.Queue[PhoneFeature] = asyncio.Queue()

    async def run(self) -> None:
        """Follow while the lease holds. Raises PbxLeaseLost when it does not any more."""
        fence = await in_database(claim_pbx, pbx_id=self.facts.id)
        if fence is None:
            await self.redis.aclose()
            return
        log.info("following PBX %s", self.facts.name)
        try:
            await self._serve_tenants()
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._beat(fence))
                tasks.create_task(self._flush())
                tasks.create_task(self._note_features())
                tasks.create_task(self._note_boxes())
                tasks.create_task(self._connect())
        finally:
            await asyncio.shield(self._leave(fence))

    async def _leave(self, fence: int) -> None:
        with suppress(RedisError):
            await self.store.flush()
        await self.redis.aclose()
        await in_database(release_pbx, pbx_id=self.facts.id, fence=fence)

    # --- the connection ------------------------------------------------------------------------------------------
    async def _connect(self) -> NoReturn:
        while True:
            self.store.begin()
            try:
                await self._listen(self._fresh_driver())
                fault = "The connection ended."
            except (PbxFault, OSError, ImportError) as lost:
                fault = str(lost) or type(lost).__name__
            except Exception as defect:
                log.exception("PBX %s: a defect of ours", self.facts.name)
                fault = f"The portal stumbled over what it was told ({type(defect).__name__})."
            await self._lost(fault)
            await asyncio.sleep(self.backoff.next())

    def _fresh_driver(self) -> PbxDriver:
        self.driver = driver_of(self.facts)
        self.driver.know(self.domains)
        return self.driver

    async def _listen(self, driver: PbxDriver) -> None:
        info = await driver.probe()
        await in_database(database.note_seen, self.facts.id, info)
        async for event in driver.events():
            await self._take(event)

    async def _take(self, event: PbxEvent) -> None:
        match event:
            case CaughtUp():
                await self._caught_up()
            case Stray():
                self.strays.append((event.name, event.hint))
            case TenantEvent() if not self.store.serves(event.tenant) and not await self._serve_tenants(event.tenant):
                self.strays.append((type(event).__name__, f"{event.tenant} is not on this PBX"))
            case PhoneFeature():
                self.features.put_nowait(event)
            case BoxCount() if self.link.state is LinkState.CONNECTED:
                self.boxes.add((event.tenant, event.box))
                self.store.take(event)
            case _:
                self.store.take(event)

    async def _caught_up(self) -> None:
        self.backoff.reset()
        now = timezone.now()
        self.link = self._link(LinkState.CONNECTED, now)
        with suppress(RedisError):
            await self.store.caught_up(at=now)
            await self.store.beat(at=now, link=self.link)
        log.info("PBX %s is connected", self.facts.name)
        try:
            waiting = await in_database(database.apply_what_waits, self.facts.id)
        except LookupError:  # a version that does not know the work
            log.exception("nothing can be applied")
        else:
            log.info("PBX %s: %d tenants wait for their configuration", self.facts.name, waiting)
        with suppress(LookupError):
            await in_database(database.note_all_boxes, self.facts.id)

    async def _lost(self, fault: str) -> None:
        if self.link.state is not LinkState.AWAY:
            self.link = self._link(LinkState.AWAY, timezone.now(), fault)
            log.warning("PBX %s is away: %s", self.facts.name, fault)
            with suppress(RedisError):
                await self.store.tell(self.link)
        await in_database(database.note_fault, self.facts.id, fault)

    # --- beside it -----------------------------------------------------------------------------------------------
    async def _beat(self, fence: int) -> NoReturn:
        while True:
            await in_database(hold_pbx, pbx_id=self.facts.id, fence=fence)
            await self._serve_tenants()
            strays, self.strays = list(self.strays), deque(maxlen=STRAYS_HELD)
            if strays:
                await in_database(database.note_strays, self.facts.id, strays)
            now = timezone.now()
            self.link = Link(*_identity(self.link), heartbeat=now, reason=self.link.reason)
            try:
                await self.store.beat(at=now, link=self.link)
            except RedisError as fault:
                log.warning("the live state cannot be told: %s", fault)
            await asyncio.sleep(self.heartbeat)

    async def _flush(self) -> NoReturn:
        while True:
            await asyncio.sleep(FLUSH)
            with suppress(RedisError):  # the heartbeat says so, and then writes everything
                await self.store.flush()

    async def _note_features(self) -> NoReturn:
        while True:
            event = await self.features.get()
            try:
                await in_database(database.note_features, [event])
            except LookupError:
                log.exception("nobody knows what to do with %s", event)

    async def _note_boxes(self) -> NoReturn:
        """Several changes of a box within a moment are looked at once."""
        while True:
            await asyncio.sleep(SOON)
            boxes, self.boxes = self.boxes, set()
            if boxes:
                try:
                    await in_database(database.note_boxes, sorted(boxes))
                except LookupError:
                    log.exception("nobody looks after messages")

    async def _serve_tenants(self, asked: str = "") -> bool:
        """Read anew who is on this PBX; whether `asked` is."""
        self.domains = await in_database(database.tenants_on, self.facts.id)
        if self.driver is not None:
            self.driver.know(self.domains)
        gone = self.store.serve(set(self.domains.values()))
        if gone:
            with suppress(RedisError):
                await self.store.forget(gone)
        served = self.store.serves(asked)
        if served and self.link.state is LinkState.CONNECTED:  # it came just now: its pages need not wait for the beat
            with suppress(RedisError):
                await self.store.beat(at=timezone.now(), link=self.link)
        return served

    def _link(self, state: LinkState, at: datetime, reason: str = "") -> Link:
        return Link(self.facts.id, self.facts.kind, state, at, at, reason[:200])


def _identity(link: Link) -> tuple[int, str, LinkState, datetime]:
    return link.pbx_id, link.kind, link.state, link.since
