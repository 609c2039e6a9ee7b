"""Tests that are coroutines, each in a loop of its own in which nothing may be left behind."""

import asyncio
import functools
import os
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from extensions.pbx.ami.account import Timings

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
            before = sockets()
            await asyncio.wait_for(test(*args, **fixtures), 30)
            await settle(lambda: len(asyncio.all_tasks()) == 1 and len(sockets() - before) == 0)
            assert asyncio.all_tasks() == {asyncio.current_task()}
            assert sockets() - before == set()

        asyncio.run(scenario())
        assert unseen == []

    return run


def sockets() -> set[str]:
    """The sockets that this process has open."""
    found = set()
    for name in os.listdir("/proc/self/fd"):
        try:
            target = str(Path(f"/proc/self/fd/{name}").readlink())
        except OSError:
            continue
        if target.startswith("socket:"):
            found.add(target)
    return found


async def settle(is_so: Callable[[], bool], within: float = 2.0) -> None:
    """Wait until something is so, or for `within` seconds; the assertion that follows tells what is not."""
    for _turn in range(round(within / 0.01)):
        if is_so():
            return
        await asyncio.sleep(0.01)
