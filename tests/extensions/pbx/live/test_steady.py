"""Tasks that speak to Redis end when they are cancelled, whatever moment that is (MON-01)."""

import asyncio
import time

import pytest
from redis.exceptions import RedisError

from extensions.pbx.live import steady
from extensions.pbx.live.steady import SteadyRedis
from tests.pbx.looped import in_loop

MOMENTS = 60  # turns of the loop: more than one command takes


@pytest.mark.feature("MON-01")
@pytest.mark.parametrize("together", [False, True])
@in_loop
async def test_a_task_ends_at_whatever_moment_it_is_cancelled(together: bool) -> None:
    over = False

    async def speak(redis: SteadyRedis) -> None:
        while not over:
            if together:
                await redis.pipeline().ping().execute()
            else:
                await redis.ping()

    deaf = []
    for moment in range(MOMENTS):
        async with SteadyRedis.open() as redis:
            await redis.ping()
            over = False
            task = asyncio.ensure_future(speak(redis))
            for _turn in range(moment):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait([task], timeout=0.2)
            if not task.done():
                deaf.append(moment)
            over = True
            await asyncio.wait([task])

    assert deaf == [], "turns of the loop after which a cancellation was kept by the library"


@pytest.mark.feature("MON-01")
@pytest.mark.parametrize("together", [False, True])
@in_loop
async def test_a_server_that_is_silent_is_given_up(together: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steady, "ANSWERS_WITHIN", 0.1)
    async with SteadyRedis.open() as redis:
        await redis.ping()
        began = time.monotonic()
        waiting = (
            redis.pipeline(transaction=False).blpop(["nobody"], 30).execute()
            if together
            else redis.blpop(["nobody"], 30)
        )
        with pytest.raises(RedisError, match="in time"):
            await waiting

    assert time.monotonic() - began < 20, "given up before the server answered"
