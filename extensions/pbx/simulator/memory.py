"""What a simulator remembers, in Redis: what was applied, the flags, and calls that somebody ended."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from redis.asyncio import Redis

from extensions.pbx.driver import Flags
from extensions.pbx.live.keys import simulator_key
from extensions.pbx.live.steady import SteadyRedis


@dataclass(frozen=True, slots=True)
class Remembered:
    """One look: the digest of each tenant, its flags as text, the legs to end, and whose messages changed."""

    digests: Mapping[str, str]
    flags: Mapping[str, str]
    hang_ups: tuple[tuple[str, str], ...]  # (tenant, channel)
    changed: frozenset[str] = frozenset()


class Memory:
    """The memory of one simulator. Each call makes a connection of its own: tasks run in loops of their own."""

    def __init__(self, pbx_id: int) -> None:
        self.pbx_id = pbx_id

    def connect(self) -> Redis:
        """A client; closed by whoever asked for it."""
        return SteadyRedis.open()

    async def put(self, tenant: str, *, text: str, digest: str) -> None:
        """This is in force for a tenant from now on."""
        async with self.connect() as redis, redis.pipeline(transaction=True) as pipe:
            pipe.hset(self._key("files"), tenant, text)
            pipe.hset(self._key("digests"), tenant, digest)
            await pipe.execute()

    async def remove(self, tenant: str) -> None:
        """Nothing is in force for a tenant any more."""
        async with self.connect() as redis, redis.pipeline(transaction=True) as pipe:
            for what in ("files", "digests", "flags"):
                pipe.hdel(self._key(what), tenant)
            pipe.delete(self._messages(tenant))
            pipe.delete(self._tapes(tenant))
            pipe.delete(self._key(f"begun:{tenant}"))
            await pipe.execute()

    async def begin(self, tenant: str) -> bool:
        """Whether a tenant is played for the first time, so that messages and recordings of days before are invented.

        What somebody sets up later begins empty, as it would be on a PBX: what nobody touched can be taken back.
        """
        async with self.connect() as redis:
            return bool(await redis.set(self._key(f"begun:{tenant}"), "1", nx=True))

    async def digest(self, tenant: str) -> str:
        """The digest of what is in force, empty for nothing."""
        async with self.connect() as redis:
            return str(await redis.hget(self._key("digests"), tenant) or "")

    async def set_flags(self, tenant: str, flags: Flags) -> None:
        """The flags are exactly these."""
        async with self.connect() as redis:
            await redis.hset(self._key("flags"), tenant, write_flags(flags))

    async def ask_to_hang_up(self, tenant: str, channel: str) -> None:
        """Whoever plays ends this call at the next tick."""
        async with self.connect() as redis:
            await redis.rpush(self._key("hang_ups"), json.dumps([tenant, channel]))
            await redis.expire(self._key("hang_ups"), 60)

    async def look(self, redis: Redis) -> Remembered:
        """Everything small, in one round trip; legs to end are taken off the list."""
        async with redis.pipeline(transaction=True) as pipe:
            pipe.hgetall(self._key("digests"))
            pipe.hgetall(self._key("flags"))
            pipe.lrange(self._key("hang_ups"), 0, -1)
            pipe.delete(self._key("hang_ups"))
            pipe.smembers(self._key("changed"))
            pipe.delete(self._key("changed"))
            digests, flags, asked, _deleted, changed, _forgotten = await pipe.execute()
        legs = (json.loads(one) for one in asked)
        return Remembered(
            digests, flags, tuple((str(tenant), str(channel)) for tenant, channel in legs), frozenset(changed)
        )

    # --- voicemail -----------------------------------------------------------------------------------------------
    async def messages(self, tenant: str) -> dict[str, str]:
        """A tenant's messages as texts by their keys."""
        async with self.connect() as redis:
            return dict(await redis.hgetall(self._messages(tenant)))

    async def change_messages(self, tenant: str, kept: Mapping[str, str], gone: Collection[str] = ()) -> None:
        """Keep and forget messages; whoever plays counts them anew at the next tick."""
        async with self.connect() as redis, redis.pipeline(transaction=True) as pipe:
            if kept:
                pipe.hset(self._messages(tenant), mapping=dict(kept))
            if gone:
                pipe.hdel(self._messages(tenant), *gone)
            pipe.sadd(self._key("changed"), tenant)
            await pipe.execute()

    def _messages(self, tenant: str) -> str:
        return self._key(f"messages:{tenant}")

    # --- recorded calls ------------------------------------------------------------------------------------------
    async def tapes(self, tenant: str) -> dict[str, str]:
        """The seconds of a tenant's recordings by their ids."""
        async with self.connect() as redis:
            return dict(await redis.hgetall(self._tapes(tenant)))

    async def change_tapes(self, tenant: str, kept: Mapping[str, int], gone: Collection[str] = ()) -> None:
        """Keep and forget recordings."""
        async with self.connect() as redis, redis.pipeline(transaction=True) as pipe:
            if kept:
                pipe.hset(self._tapes(tenant), mapping={id: str(seconds) for id, seconds in kept.items()})
            if gone:
                pipe.hdel(self._tapes(tenant), *gone)
            await pipe.execute()

    def _tapes(self, tenant: str) -> str:
        return self._key(f"tapes:{tenant}")

    async def files(self, redis: Redis, tenants: list[str]) -> dict[str, str]:
        """The texts in force for these tenants."""
        if not tenants:
            return {}
        texts = await redis.hmget(self._key("files"), tenants)
        return {tenant: text for tenant, text in zip(tenants, texts, strict=True) if text}

    def _key(self, what: str) -> str:
        return simulator_key(self.pbx_id, what)


def write_flags(flags: Flags) -> str:
    """Flags as text."""
    statuses = [[extension, kind, since] for extension, (kind, since) in sorted(flags.statuses.items())]
    return json.dumps({"statuses": statuses, "resting": sorted(flags.resting)})


def read_flags(text: str | None) -> Flags:
    """The flags that a text tells of; none for no text."""
    if not text:
        return Flags()
    told = json.loads(text)
    statuses = {extension: (str(kind), int(since)) for extension, kind, since in told["statuses"]}
    return Flags(statuses=statuses, resting=frozenset(told["resting"]))
