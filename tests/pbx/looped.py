"""Tests that are coroutines, each in a loop of its own in which nothing may be left behind."""

import asyncio
import functools
from collections.abc import Callable, Coroutine
from typing import Any

from extensions.pbx.ami.account import Timings
from tests.patience import PATIENCE

# Deadlines of tests about what does not come, and of tests about what does on a busy machine.
SHORT = Timings(connect=0.2, reply=0.2, listing=0.3, booted=0.2, ping_every=60, ping_within=0.2, waiting_events=200)
AMPLE = Timings(connect=10, reply=10, listing=10, booted=10, ping_every=60, ping_within=10)


def in_loop(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Run a test; afterwards no task, no socket and no unseen exception may remain."""

    @functools.wraps(test)
    def run(*args: object, **fixtures: object) -> None:
        unseen: list[dict[str, Any]] = []

        async def scenario() -> None:
            asyncio.get_running_loop().set_exception_handler(lambda loop, context: unseen.append(context))
            before = watched()
            await asyncio.wait_for(test(*args, **fixtures), 2 * PATIENCE)
            await settle(lambda: len(asyncio.all_tasks()) == 1 and watched() == before)
            assert asyncio.all_tasks() == {asyncio.current_task()}
            assert watched() == before

        asyncio.run(scenario())
        assert unseen == []

    return run


def watched() -> int:
    """How many files the running loop still listens to; one is its own, to be woken by."""
    return len(asyncio.get_running_loop()._selector.get_map())  # type: ignore[attr-defined]


async def settle(is_so: Callable[[], bool], within: float = PATIENCE) -> None:
    """Wait until something is so, or for `within` seconds; the assertion that follows tells what is not."""
    for _turn in range(round(within / 0.01)):
        if is_so():
            return
        await asyncio.sleep(0.01)
