"""Keeps one follower for each enabled PBX: notices rows that are added, changed or disabled, and stops cleanly."""

import asyncio
import logging
from contextlib import suppress
from pathlib import Path

from django.db import DatabaseError
from django.utils import timezone
from redis.exceptions import RedisError

from extensions.pbx.following.database import Wanted, in_database, wanted_pbxs
from extensions.pbx.following.follower import Follower
from extensions.pbx.live.keys import link_key
from extensions.pbx.live.link import Link, LinkState, read_link
from extensions.pbx.live.steady import SteadyRedis
from tenants.services.pbx.leases import PbxLeaseLost

log = logging.getLogger(__name__)

LOOK = 3.0  # seconds between looks at the list of PBXs


class Supervisor:
    """All PBXs of this installation. Several supervisors share them by leases. `alive` is touched at every look."""

    def __init__(self, *, look: float = LOOK, alive: Path | None = None) -> None:
        self.look = look
        self.alive = alive
        self._following: dict[int, tuple[Wanted, asyncio.Task[None]]] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Follow until `stop` is set; then let every PBX go."""
        try:
            while not stop.is_set():
                try:
                    await self._look()
                    if self.alive is not None:
                        self.alive.touch()
                except DatabaseError as fault:
                    log.warning("the list of PBXs cannot be read: %s", fault)
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), self.look)
        finally:
            await self._let_go(list(self._following))

    async def _look(self) -> None:
        wanted = {one.facts.id: one for one in await in_database(wanted_pbxs)}
        enabled = {pbx_id: one for pbx_id, one in wanted.items() if one.enabled}
        outdated = [pbx_id for pbx_id, (known, _task) in self._following.items() if enabled.get(pbx_id) != known]
        await self._let_go(outdated)
        await self._let_go([pbx_id for pbx_id, (_known, task) in self._following.items() if task.done()])
        for pbx_id, one in enabled.items():
            if pbx_id not in self._following:
                self._following[pbx_id] = one, asyncio.create_task(Follower(one.facts).run())
        await _say_which_are_off([one for one in wanted.values() if not one.enabled])

    async def _let_go(self, pbx_ids: list[int]) -> None:
        """End these followers and wait until they gave back what they held."""
        ending = [(pbx_id, self._following.pop(pbx_id)) for pbx_id in pbx_ids]
        for _pbx_id, (_known, task) in ending:
            task.cancel()
        for pbx_id, (known, task) in ending:
            try:
                await task
            except asyncio.CancelledError:
                pass
            except BaseException as fault:
                if not _only_lost(fault):
                    log.exception("PBX %s (%d): following it failed; it is tried again", known.facts.name, pbx_id)


async def _say_which_are_off(disabled: list[Wanted]) -> None:
    """Pages say since when somebody disabled a PBX."""
    if not disabled:
        return
    now = timezone.now()
    redis = SteadyRedis.open()
    with suppress(RedisError):
        async with redis:
            for one in disabled:
                known = read_link(one.facts.id, await redis.hgetall(link_key(one.facts.id)))
                if known is None or known.state is not LinkState.OFF:
                    link = Link(one.facts.id, one.facts.kind, LinkState.OFF, now, now)
                    await redis.hset(link_key(one.facts.id), mapping=link.told())


def _only_lost(fault: BaseException) -> bool:
    """Whether nothing is wrong but that another process follows this PBX now."""
    if isinstance(fault, BaseExceptionGroup):
        return all(map(_only_lost, fault.exceptions))
    return isinstance(fault, PbxLeaseLost | asyncio.CancelledError)
