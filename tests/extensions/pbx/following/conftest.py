"""A PBX that says what the test wants, in a database that is committed to for real."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from redis import Redis

from extensions.pbx.ami.backoff import Backoff
from extensions.pbx.driver import PbxAway, PbxInfo
from extensions.pbx.drivers import DRIVERS, PbxFacts
from extensions.pbx.events import PbxEvent
from extensions.pbx.following import follower
from portal.jobs import registry
from tenants.models import AppliedState, AppliedVersion, Pbx, Tenant
from tests.patience import PATIENCE

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


@dataclass
class Script:
    """What the scripted PBX tells at each connection, in order; the last one is held until the test ends."""

    connections: list[list[PbxEvent | Exception]] = field(default_factory=list)
    more: list[PbxEvent] = field(default_factory=list)  # told while the last connection holds
    connected: int = 0
    known: dict[str, str] = field(default_factory=dict)  # whose domains are whose, as the follower told it


SCRIPT = Script()


class Scripted:
    """A driver that tells what SCRIPT says."""

    kind = "managed"

    def __init__(self, facts: PbxFacts) -> None:
        self.facts = facts

    def know(self, domains: Mapping[str, str]) -> None:
        SCRIPT.known = dict(domains)

    async def probe(self) -> PbxInfo:
        return PbxInfo("Scripted PBX", "22.10.1", "north", NOW, NOW, 3, 0.25)

    async def events(self) -> AsyncIterator[PbxEvent]:
        turn = min(SCRIPT.connected, len(SCRIPT.connections) - 1)
        SCRIPT.connected += 1
        for event in SCRIPT.connections[turn]:
            if isinstance(event, Exception):
                raise event
            yield event
        if turn + 1 < len(SCRIPT.connections):
            raise PbxAway("The connection ended.")
        while True:
            await asyncio.sleep(0.02)
            while SCRIPT.more:
                yield SCRIPT.more.pop(0)


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Script:
    """Every managed PBX is the scripted one; failures are tried again at once; `pbx.…` tasks exist."""
    monkeypatch.setitem(DRIVERS, "managed", f"{__name__}.Scripted")
    monkeypatch.setattr(follower, "Backoff", lambda *_: Backoff(0.05, 0.05))
    for name, platform in (("pbx.apply", True), ("pbx.phone_feature", False)):
        task: Any = registry.Task(name, _nothing, "default", platform, 1, False, 0.0)
        monkeypatch.setitem(registry._tasks, name, task)
    SCRIPT.connections, SCRIPT.more, SCRIPT.connected, SCRIPT.known = [[]], [], 0, {}
    return SCRIPT


def _nothing(**_: Any) -> None:
    """Stands for the lead's tasks."""


@pytest.fixture
def north(own_database: str) -> Iterator[Pbx]:
    """A PBX that alpha is on, with a change that waits."""
    pbx = Pbx.objects.create(name="North", host="10.0.0.5", ami_user="portal", ami_secret="deep")
    alpha = Tenant.objects.get(schema_name="t2")
    AppliedVersion.objects.create(tenant=alpha, pbx=pbx, state=AppliedState.WAITING, since=NOW)
    yield pbx
    client = Redis.from_url(settings.REDIS_URL)
    for key in client.scan_iter(f"{own_database.rpartition('/')[2]}:pbx:*"):
        client.delete(key)


def until(is_so: Callable[[], bool], work: Callable[[], Any], *, within: float = PATIENCE) -> None:
    """Run the coroutine that `work` makes until `is_so()`, looked at from outside, then cancel it."""

    async def go() -> None:
        task = asyncio.ensure_future(work())
        deadline = asyncio.get_running_loop().time() + within
        try:
            while not await asyncio.to_thread(is_so):
                assert asyncio.get_running_loop().time() < deadline, "it did not happen in time"
                if task.done():
                    await task
                await asyncio.sleep(0.03)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    asyncio.run(go())
