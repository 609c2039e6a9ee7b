"""The simulator as a driver: it keeps what is applied and plays calls among the tenants' real extensions (PBX-12)."""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from datetime import UTC, datetime
from random import Random
from typing import TypeVar

from django.utils.translation import gettext as _
from redis.asyncio import Redis
from redis.exceptions import RedisError

from extensions.pbx.driver import Applied, Change, FileSet, Flags, NotTaken, PbxAway, PbxFault, PbxInfo
from extensions.pbx.drivers import PbxFacts
from extensions.pbx.events import CaughtUp, PbxEvent, PhoneFeature
from extensions.pbx.facts import TenantFacts
from extensions.pbx.simulator.cast import FILE, read_cast, render_cast
from extensions.pbx.simulator.inbox import counts, invent, key_of, read_messages, write_message
from extensions.pbx.simulator.memory import Memory, Remembered, read_flags
from extensions.pbx.simulator.messages import MessagesOfSimulator
from extensions.pbx.simulator.play import Play
from extensions.pbx.simulator.tapes import RecordingsOfSimulator, invent_tapes
from tenants.models import PbxKind

TICK = 1.0  # seconds
_FILLED = 200  # boxes
_STARTED = datetime.now(UTC)
T = TypeVar("T")


class Simulator(MessagesOfSimulator, RecordingsOfSimulator):
    """A PbxDriver without telephones. `seed` makes its plays repeatable."""

    kind = PbxKind.SIMULATOR.value

    def __init__(self, facts: PbxFacts, *, seed: str = "trunkline", tick: float = TICK) -> None:
        self.facts = facts
        self.memory = Memory(facts.id)
        self.seed = seed
        self.tick = tick
        self._plays: dict[str, Play] = {}
        self._digests: dict[str, str] = {}
        self._flags: dict[str, str] = {}

    def know(self, domains: Mapping[str, str]) -> None:
        """Nothing to learn: whoever plays was told by `apply`."""

    async def probe(self) -> PbxInfo:
        """It says that it is one."""
        calls = sum(len(play.scenes) for play in self._plays.values())
        return PbxInfo("Simulator", "1", self.facts.name, _STARTED, _STARTED, calls)

    def render(self, facts: TenantFacts) -> FileSet:
        """One file: who plays."""
        return render_cast(facts.snapshot)

    async def apply(self, changes: Sequence[Change], shared: FileSet) -> Mapping[str, Applied | PbxFault]:
        """Keep the files of these tenants; what is no cast of the tenant is not taken. Raises PbxAway."""
        return {change.tenant: await self._remember(self._apply(change)) for change in changes}

    async def _apply(self, change: Change) -> Applied | PbxFault:
        began = time.monotonic()
        text = change.files.get(FILE, "")
        try:
            cast = read_cast(text)
        except (ValueError, KeyError, TypeError):
            return NotTaken(f"The simulator cannot read what it was given for {change.tenant}.")
        if cast.tenant != change.tenant:
            return NotTaken(f"The simulator was given the files of {cast.tenant} for {change.tenant}.")
        digest = hashlib.sha256(text.encode()).hexdigest()
        changed = await self.memory.digest(change.tenant) != digest
        await self.memory.put(change.tenant, text=text, digest=digest)
        return Applied(digest, ("simulation",) if changed else (), time.monotonic() - began)

    async def remove(self, tenant: str) -> None:
        """Forget a tenant."""
        await self._remember(self.memory.remove(tenant))

    async def digest(self, tenant: str) -> str:
        """The digest of what was applied."""
        return await self._remember(self.memory.digest(tenant))

    async def set_flags(self, tenant: str, flags: Flags) -> Sequence[PhoneFeature]:
        """Members of teams follow, and nobody rings who does not want to be disturbed. Nothing is set on telephones."""
        await self._remember(self.memory.set_flags(tenant, flags))
        return ()

    async def pins(self, tenant: str) -> Mapping[int, str]:
        """No telephone sets one."""
        return {}

    async def resync_phone(self, tenant: str, number: str, event: str) -> int:
        """There is no telephone to ask."""
        return 0

    async def dial(self, tenant: str, address: str, number: str) -> None:
        """No telephone is there to ring."""
        raise PbxFault(_("A simulator has no telephones that could ring."))

    async def hang_up(self, tenant: str, channel: str) -> None:
        """Whoever plays ends the call within a tick."""
        await self._remember(self.memory.ask_to_hang_up(tenant, channel))

    async def events(self) -> AsyncIterator[PbxEvent]:
        """Everything that is played now, then what happens, about one event a second for each tenant."""
        async with self.memory.connect() as redis:
            try:
                everything = [event for play in self._plays.values() for event in play.events.values()]
                for event in [*everything, *await self._news(redis)]:
                    yield event
                yield CaughtUp()
                while True:
                    await asyncio.sleep(self.tick)
                    for event in await self._news(redis):
                        yield event
            except RedisError as fault:
                raise PbxAway("The simulator's memory (Redis) does not answer.") from fault

    async def _news(self, redis: Redis) -> list[PbxEvent]:
        """One tick of all tenants."""
        now = datetime.now(UTC)
        remembered = await self.memory.look(redis)
        told = await self._begin_plays(redis, remembered)
        for tenant, channel in remembered.hang_ups:
            if tenant in self._plays:
                told += self._plays[tenant].hang_up(channel, at=now)
        for tenant, play in self._plays.items():
            text = remembered.flags.get(tenant, "")
            if self._flags.get(tenant) != text:
                self._flags[tenant] = text
                told += play.take_flags(read_flags(text))
            told += play.tick(at=now)
            await self._keep_what_is_left(tenant, play)
        for tenant in remembered.changed & self._plays.keys():
            told += await self._count_messages(tenant, self._plays[tenant])
        return told

    async def _keep_what_is_left(self, tenant: str, play: Play) -> None:
        """Messages and recordings of calls that ended in this tick."""
        if play.left:
            left, play.left = play.left, []
            await self.memory.change_messages(tenant, {key_of(one.box, one.id): write_message(one) for one in left})
        if play.tapes:
            tapes, play.tapes = play.tapes, {}
            await self.keep_tapes(tenant, tapes)

    async def _count_messages(self, tenant: str, play: Play) -> list[PbxEvent]:
        """The boxes hold what the memory holds."""
        found = read_messages(await self.memory.messages(tenant))
        return [*play.take_boxes(counts(found, play.boxes))]

    async def _begin_plays(self, redis: Redis, remembered: Remembered) -> list[PbxEvent]:
        """Tenants that are new or were applied anew begin with all that is the case."""
        for tenant in self._plays.keys() - remembered.digests.keys():
            del self._plays[tenant]
        differing = [tenant for tenant, digest in remembered.digests.items() if self._digests.get(tenant) != digest]
        told: list[PbxEvent] = []
        for tenant, text in (await self.memory.files(redis, differing)).items():
            flags = read_flags(remembered.flags.get(tenant))
            play = Play(read_cast(text), seed=self.seed, flags=flags)
            before = self._plays.get(tenant)
            if before is not None:
                told += before.end_all()
            if await self.memory.begin(tenant):
                await self._fill(tenant, play)
            await self._count_messages(tenant, play)
            told += play.events.values()
            self._plays[tenant] = play
        self._digests = dict(remembered.digests)
        return told

    async def _fill(self, tenant: str, play: Play) -> None:
        """What is there before anybody called. In a large company not in all boxes: there is enough to try."""
        random, now = Random(f"{self.seed}:{tenant}:messages"), datetime.now(UTC)  # noqa: S311 - a play
        held = [(box, play.boxes[box]) for box in sorted(play.boxes)[:_FILLED]]
        made = [one for box, (new, old) in held for one in invent(box, new=new, old=old, random=random, at=now)]
        await self.memory.change_messages(tenant, {key_of(one.box, one.id): write_message(one) for one in made})
        await self.keep_tapes(tenant, invent_tapes(play.cast, random, at=now))

    @staticmethod
    async def _remember(work: Awaitable[T]) -> T:
        try:
            return await work
        except RedisError as fault:
            raise PbxAway("The simulator's memory (Redis) does not answer.") from fault
