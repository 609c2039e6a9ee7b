"""A client of Redis for tasks that may be cancelled at any moment: whoever follows a PBX, and the simulator.

The library's own deadline for sending is `asyncio.wait_for`, which in Python 3.11 keeps a cancellation to itself when
the answer comes in the same moment (python/cpython#86296). The follower then went on for ever, and whoever had ended
it waited as long. `asyncio.timeout` does not do that.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self

from django.conf import settings
from redis.asyncio import Redis
from redis.asyncio.client import Pipeline
from redis.exceptions import TimeoutError as TooLate

CONNECTS_WITHIN, ANSWERS_WITHIN = 2.0, 5.0  # seconds


class SteadyRedis(Redis):
    """Raises RedisError where nothing answers in time, and lets every cancellation through."""

    @classmethod
    def open(cls) -> Self:
        """The portal's Redis; closed by whoever asked for it."""
        address, within = settings.REDIS_URL, CONNECTS_WITHIN
        return cls.from_url(address, decode_responses=True, socket_connect_timeout=within, socket_timeout=None)

    async def execute_command(self, *args: Any, **options: Any) -> Any:
        async with _in_time():
            return await super().execute_command(*args, **options)

    def pipeline(self, transaction: bool = True, shard_hint: str | None = None) -> "SteadyPipeline":
        return SteadyPipeline(self.connection_pool, self.response_callbacks, transaction, shard_hint)


class SteadyPipeline(Pipeline):
    """Commands sent together, under one deadline."""

    async def execute(self, raise_on_error: bool = True) -> list[Any]:
        async with _in_time():
            return await super().execute(raise_on_error)


@asynccontextmanager
async def _in_time() -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(ANSWERS_WITHIN):
            yield
    except TimeoutError as late:
        raise TooLate("Redis did not answer in time.") from late
