"""Writes what a PBX tells into Redis: one hash per tenant, the newest truth only.

Everything is kept here as well, so that a Redis that was away or restarted is filled again at the next heartbeat, and
only differences are written. Nothing here reads a clock or touches the database.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline
from redis.exceptions import RedisError

from extensions.pbx.events import PbxEvent, TenantEvent
from extensions.pbx.live.keys import AT, LIVES, PBX, link_key, live_key
from extensions.pbx.live.link import Link
from extensions.pbx.live.wire import field_of, value_of

# Every so many heartbeats all is written anew: a Redis that came back with its data of a moment ago looks complete.
_WHOLE = 12


class LiveStore:
    """The live state of the tenants of one PBX."""

    def __init__(self, redis: Redis, *, pbx_id: int) -> None:
        self.redis = redis
        self.pbx_id = pbx_id
        self._tenants: dict[str, dict[str, str]] = {}  # what is the case, by tenant and field
        self._changed: dict[str, dict[str, str | None]] = {}  # what Redis was not told yet
        self._catching_up = True
        self._beats = 0
        self._unsure = False  # a write failed: Redis may hold anything

    # --- who is told about ---------------------------------------------------------------------------------------
    def serve(self, tenants: Collection[str]) -> set[str]:
        """Tell about exactly these tenants; those that left are returned, for `forget`."""
        gone = self._tenants.keys() - set(tenants)
        for tenant in gone:
            del self._tenants[tenant]
            self._changed.pop(tenant, None)
        for tenant in tenants:
            self._tenants.setdefault(tenant, {})
        return gone

    def serves(self, tenant: str) -> bool:
        """Whether this PBX may tell about the tenant."""
        return tenant in self._tenants

    async def forget(self, tenants: Iterable[str]) -> None:
        """Remove what was told about tenants that are elsewhere now."""
        keys = [live_key(tenant) for tenant in tenants]
        if keys:
            await self.redis.delete(*keys)

    # --- what happens --------------------------------------------------------------------------------------------
    def begin(self) -> None:
        """A connection begins: it tells everything, and what it does not tell until `caught_up` is gone.

        Until then pages show what was told before.
        """
        self._catching_up = True
        self._changed.clear()
        for told in self._tenants.values():
            told.clear()

    def take(self, event: PbxEvent) -> bool:
        """Note what an event says; False where it is about a tenant that is not on this PBX."""
        if not isinstance(event, TenantEvent):
            return True
        told = self._tenants.get(event.tenant)
        if told is None:
            return False
        field = field_of(event)
        if field is None:
            return True
        value = value_of(event)
        if told.get(field) == value:
            return True
        if value is None:
            del told[field]
        else:
            told[field] = value
        if not self._catching_up:
            self._changed.setdefault(event.tenant, {})[field] = value
        return True

    async def caught_up(self, *, at: datetime) -> None:
        """Everything was told: write it all, and remove what was not told."""
        self._catching_up = False
        self._changed.clear()
        self._unsure = True
        await self._rewrite(list(self._tenants), at)
        self._unsure = False

    async def flush(self) -> int:
        """Write what changed since the last time; how many fields. Nothing is written while catching up.

        Raises RedisError; the next heartbeat that succeeds then writes everything.
        """
        changed, self._changed = self._changed, {}
        if not changed:
            return 0
        try:
            async with self.redis.pipeline(transaction=True) as pipe:
                for tenant, fields in changed.items():
                    self._write(pipe, live_key(tenant), fields)
                await pipe.execute()
        except RedisError:
            self._unsure = True
            raise
        return sum(map(len, changed.values()))

    async def beat(self, *, at: datetime, link: Link) -> None:
        """Say that somebody is still there. Tenants whose hash is not what it should be are written whole."""
        await self.tell(link)
        if self._catching_up:
            return
        await self.flush()
        tenants = list(self._tenants)
        self._beats += 1
        if self._unsure or self._beats % _WHOLE == 0:
            await self._rewrite(tenants, at)
            self._unsure = False
            return
        async with self.redis.pipeline(transaction=False) as pipe:
            for tenant in tenants:
                pipe.hset(live_key(tenant), mapping={AT: f"{at.timestamp():.3f}", PBX: str(self.pbx_id)})
                pipe.expire(live_key(tenant), LIVES)
                pipe.hlen(live_key(tenant))
            answers = await pipe.execute()
        lengths = zip(tenants, answers[2::3], strict=True)
        await self._rewrite([tenant for tenant, length in lengths if length != len(self._tenants[tenant]) + 2], at)

    async def tell(self, link: Link) -> None:
        """Say what the connection is like."""
        await self.redis.hset(link_key(self.pbx_id), mapping=link.told())

    async def _rewrite(self, tenants: list[str], at: datetime) -> None:
        if not tenants:
            return
        async with self.redis.pipeline(transaction=True) as pipe:
            for tenant in tenants:
                key = live_key(tenant)
                about = {AT: f"{at.timestamp():.3f}", PBX: str(self.pbx_id)}
                pipe.delete(key)
                pipe.hset(key, mapping={**self._tenants[tenant], **about})
                pipe.expire(key, LIVES)
            await pipe.execute()

    @staticmethod
    def _write(pipe: Pipeline, key: str, fields: dict[str, str | None]) -> None:
        there = {field: value for field, value in fields.items() if value is not None}
        gone = [field for field, value in fields.items() if value is None]
        if there:
            pipe.hset(key, mapping=there)
        if gone:
            pipe.hdel(key, *gone)
        pipe.expire(key, LIVES)
