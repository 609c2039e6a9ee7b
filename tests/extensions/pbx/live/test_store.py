"""What a PBX tells stands in Valkey, and nothing else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from redis import Redis
from redis.exceptions import RedisError

from extensions.pbx.events import (
    BoxCount,
    Contact,
    LegGone,
    LegState,
    Line,
    LineState,
    Member,
    Parked,
    PhoneFeature,
    Registered,
    SlotFree,
    TenantEvent,
)
from extensions.pbx.live.keys import LIVES, live_key
from extensions.pbx.live.store import LiveStore
from extensions.pbx.live.wire import field_of, read_field, value_of
from tests.extensions.pbx.live.conftest import NOON, Switchboard, leg

EVENTS: list[TenantEvent] = [
    Line("t2", "101", LineState.ON_HOLD),
    Registered("t2", "101", (Contact("Snom “D785”", "10.0.0.9:5060", 12.5, NOON), Contact("", "", None, None))),
    leg("a", answered_at=NOON + timedelta(seconds=3), other_name="Zoë; [x] \\", bridge="b1", state=LegState.HOLD),
    leg("b"),
    Parked("t2", "701", "+4930123456", "Müller", "102", NOON, NOON + timedelta(minutes=15)),
    Parked("t2", "702", "103", "", "", NOON, None),
    BoxCount("t2", 23, 3, 1),
    Member("t2", 5, 17, True, "lunch", False, 4),
]


@pytest.mark.feature("MON-01")
@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_every_event_is_read_as_it_was_written(event: TenantEvent) -> None:
    name, value = field_of(event), value_of(event)

    assert name is not None
    assert value is not None
    assert read_field("t2", name, value) == event


def test_fields_of_another_version_are_passed_over() -> None:
    assert read_field("t2", "@at", "1.0") is None
    assert read_field("t2", "line|101", '["101","flying"]') is None
    assert read_field("t2", "leg|x", "[1]") is None
    assert read_field("t2", "line|101", "not json") is None


@pytest.mark.feature("MON-01")
def test_what_was_not_told_until_the_pbx_caught_up_is_gone(switchboard: Switchboard, valkey: Redis) -> None:
    switchboard.tell(Line("t2", "101", LineState.IDLE), Line("t2", "102", LineState.IDLE), leg("a"))

    switchboard.tell(Line("t2", "101", LineState.RINGING))

    told = valkey.hgetall(live_key("t2"))
    assert {name for name in told if not name.startswith("@")} == {"line|101"}
    assert 0 < valkey.ttl(live_key("t2")) <= LIVES


def test_changes_are_written_once_and_removed_things_disappear(switchboard: Switchboard, valkey: Redis) -> None:
    async def work(store: LiveStore) -> tuple[int, int, int]:
        store.begin()
        store.take(Parked("t2", "701", "103", "", "102", NOON, None))
        store.take(leg("a"))
        await store.caught_up(at=NOON)
        store.take(SlotFree("t2", "701"))
        store.take(LegGone("t2", "a"))
        store.take(LegGone("t2", "never seen"))
        first = await store.flush()
        store.take(Line("t2", "101", LineState.IDLE))
        second = await store.flush()
        store.take(Line("t2", "101", LineState.IDLE))
        return first, second, await store.flush()

    assert switchboard.run(work) == (2, 1, 0)
    assert set(valkey.hgetall(live_key("t2"))) == {"@at", "@pbx", "line|101"}


@pytest.mark.feature("MON-01")
def test_an_event_about_a_tenant_of_another_pbx_is_refused(switchboard: Switchboard, valkey: Redis) -> None:
    async def work(store: LiveStore) -> bool:
        store.begin()
        await store.caught_up(at=NOON)
        taken = store.take(Line("t3", "101", LineState.IDLE))
        await store.flush()
        return taken

    assert switchboard.run(work) is False
    assert valkey.exists(live_key("t3")) == 0


def test_a_feature_code_leaves_no_trace_in_the_live_state(switchboard: Switchboard, valkey: Redis) -> None:
    switchboard.tell(PhoneFeature("t2", 17, "dnd_on", "", NOON))

    assert set(valkey.hgetall(live_key("t2"))) == {"@at", "@pbx"}


def test_a_valkey_that_forgot_everything_is_filled_at_the_next_heartbeat(
    switchboard: Switchboard, valkey: Redis
) -> None:
    async def work(store: LiveStore) -> None:
        store.begin()
        store.take(Line("t2", "101", LineState.IDLE))
        await store.caught_up(at=NOON)
        valkey.delete(live_key("t2"))
        await store.beat(at=NOON, link=switchboard.link())

    switchboard.run(work)

    assert "line|101" in valkey.hgetall(live_key("t2"))


def test_after_a_write_that_failed_the_next_heartbeat_writes_everything(
    switchboard: Switchboard, valkey: Redis
) -> None:
    async def work(store: LiveStore) -> None:
        store.begin()
        store.take(Line("t2", "101", LineState.IDLE))
        await store.caught_up(at=NOON)
        store.take(Line("t2", "101", LineState.IN_CALL))
        real, store.redis = store.redis, _Away()
        with pytest.raises(RedisError):
            await store.flush()
        store.redis = real
        await store.beat(at=NOON, link=switchboard.link())

    switchboard.run(work)

    assert valkey.hget(live_key("t2"), "line|101") == '["101","in_call"]'


def test_tenants_that_left_the_pbx_are_forgotten(switchboard: Switchboard, valkey: Redis) -> None:
    switchboard.tell(Line("t2", "101", LineState.IDLE))

    async def work(store: LiveStore) -> set[str]:
        gone = store.serve(["t9"])
        await store.forget(gone)
        return gone

    assert switchboard.run(work) == {"t2"}
    assert valkey.exists(live_key("t2")) == 0


def test_nothing_is_written_while_a_connection_catches_up(switchboard: Switchboard, valkey: Redis) -> None:
    switchboard.tell(Line("t2", "101", LineState.IDLE))

    async def work(store: LiveStore) -> None:
        store.begin()
        store.take(Line("t2", "102", LineState.IDLE))
        await store.flush()
        await store.beat(at=datetime.now(UTC), link=replace(switchboard.link(), reason="reading"))

    switchboard.run(work)

    assert "line|101" in valkey.hgetall(live_key("t2")), "what was told before stays until everything is told anew"


class _Away:
    """A Valkey that does not answer."""

    def pipeline(self, **_: object) -> object:
        raise RedisError("away")
