"""A real Valkey, a simulated tenant on a PBX, and what an hour of a switchboard looks like."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from redis import Redis
from redis.asyncio import Redis as AsyncRedis

from extensions.models import Extension, Team, TeamMember
from extensions.pbx.events import Leg, LegState, PbxEvent
from extensions.pbx.live.link import Link, LinkState
from extensions.pbx.live.store import LiveStore
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import AppliedState, AppliedVersion, Pbx, Tenant

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def leg(leg_id: str, **facts: Any) -> Leg:
    """A leg of alpha's call `c1`: extension 101 dials 102, unless told otherwise."""
    usual: dict[str, Any] = {
        "tenant": "t2",
        "id": leg_id,
        "call": "c1",
        "number": "101",
        "other": "102",
        "other_name": "",
        "incoming": False,
        "outside": False,
        "state": LegState.UP,
        "since": NOON,
        "answered_at": None,
        "bridge": "",
    }
    return Leg(**{**usual, **facts})


@pytest.fixture
def valkey() -> Iterator[Redis]:
    """The tests' own Valkey; what this process's database wrote there is removed afterwards."""
    client = Redis.from_url(settings.REDIS_URL, decode_responses=True)
    yield client
    for key in client.scan_iter(f"{connections['default'].settings_dict['NAME']}:pbx:*"):
        client.delete(key)
    client.close()


@pytest.fixture
def pbx(db: None, valkey: Redis) -> Pbx:
    """An Asterisk that serves alpha."""
    return Pbx.objects.create(name="North", host="10.0.0.5", ami_user="portal", ami_secret="deep", is_default=True)


@pytest.fixture
def placed(pbx: Pbx, alpha: Tenant) -> AppliedVersion:
    """Alpha's configuration is in force on it."""
    return AppliedVersion.objects.create(
        tenant=alpha, pbx=pbx, wanted=7, applied=7, state=AppliedState.APPLIED, since=NOON
    )


@dataclass
class Switchboard:
    """Tells a store what a PBX would tell, for tests that look at what pages see then."""

    pbx: Pbx
    tenants: tuple[str, ...] = ("t2",)
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def link(self, state: LinkState = LinkState.CONNECTED, *, ago: float = 0.0, quiet: float = 0.0) -> Link:
        since = self.at - timedelta(seconds=ago)
        return Link(self.pbx.pk, self.pbx.kind, state, since, self.at - timedelta(seconds=quiet), "")

    def run(self, work: Callable[[LiveStore], Coroutine[Any, Any, Any]]) -> Any:
        """Run `work` with a store of this PBX's tenants."""

        async def go() -> Any:
            redis = AsyncRedis.from_url(settings.REDIS_URL, decode_responses=True)
            store = LiveStore(redis, pbx_id=self.pbx.pk)
            store.serve(self.tenants)
            try:
                return await work(store)
            finally:
                await redis.aclose()

        return asyncio.run(go())

    def tell(self, *events: PbxEvent, link: Link | None = None) -> None:
        """Everything that is the case now, told by a connection that holds."""

        async def work(store: LiveStore) -> None:
            store.begin()
            for event in events:
                assert store.take(event)
            await store.caught_up(at=self.at)
            await store.beat(at=self.at, link=link or self.link())

        self.run(work)


@pytest.fixture
def switchboard(pbx: Pbx) -> Switchboard:
    """The PBX of `pbx`, told by the test."""
    return Switchboard(pbx)


@pytest.fixture
def people(alpha: Tenant, agent: User, placed: AppliedVersion) -> dict[str, Extension]:
    """102 Ada (the agent's), 103 Bo in Sales, 104 Cy beside the front desk of the world."""
    with inside(alpha):
        made = {
            number: Extension.objects.create(
                number=number, directory_name=name, sip_username=f"sip{number}", sip_password="x",
                created_at=placed.since, user=user, state="active" if user else "unassigned",
            )
            for number, name, user in (("102", "Ada", agent), ("103", "Bo", None), ("104", "Cy", None))
        }  # fmt: skip
        sales = Team.objects.create(name="Sales")
        TeamMember.objects.create(team=sales, extension=made["103"], position=0)
    return made
