"""The simulator keeps to the contract of every driver."""

import asyncio
import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from extensions.models import Extension
from extensions.pbx.driver import Applied, Change, Flags, NotTaken, PbxAway
from extensions.pbx.drivers import driver_of, facts_of
from extensions.pbx.events import CaughtUp, Leg, LegGone, Line, PbxEvent
from extensions.pbx.facts import take_tenant_facts
from extensions.pbx.simulator.cast import FILE, read_cast
from extensions.pbx.simulator.driver import Simulator
from extensions.services.settings import change_settings
from extensions.services.voicemail.boxes import create_shared_mailbox, ensure_mailbox
from extensions.settings.subjects import Subject
from portal.accounts.models import User
from tenants.models import Pbx, PbxKind, Tenant


def alphas(simulator: Simulator) -> Change:
    """Alpha's configuration as it is now; the schema of alpha must be active."""
    facts = take_tenant_facts(at=datetime.now(UTC))
    return Change(facts, simulator.render(facts))


def take(simulator: Simulator, count: int, *, until: type[PbxEvent] | None = None) -> list[PbxEvent]:
    """The first `count` events, or those up to the first of the kind `until`."""

    async def read() -> list[PbxEvent]:
        found: list[PbxEvent] = []
        async for event in simulator.events():
            found.append(event)
            if len(found) >= count or (until and isinstance(event, until)):
                break
        return found

    return asyncio.run(read())


@pytest.mark.feature("PBX-12")
def test_what_is_applied_is_played(simulator: Simulator, inside_alpha: Tenant) -> None:
    change = alphas(simulator)
    files, snapshot = change.files, change.facts.snapshot
    assert simulator.render(change.facts) == files

    first = asyncio.run(simulator.apply([change], {}))["t2"]
    again = asyncio.run(simulator.apply([change], {}))["t2"]

    assert isinstance(first, Applied)
    assert isinstance(again, Applied)
    assert first.reloaded == ("simulation",)
    assert again.reloaded == (), "nothing had changed"
    assert asyncio.run(simulator.digest("t2")) == first.digest == hashlib.sha256(files[FILE].encode()).hexdigest()
    numbers = {player.number for player in read_cast(files[FILE]).players}
    assert numbers == {one.number for one in snapshot.extensions.values() if not one.suspended}

    told = take(simulator, 90)
    caught_up = told.index(CaughtUp())
    assert {event.number for event in told[:caught_up] if isinstance(event, Line)} == numbers
    assert {event.tenant for event in told if isinstance(event, Line)} == {"t2"}
    assert [event for event in told[caught_up:] if isinstance(event, Leg)]


@pytest.mark.feature("PBX-12")
def test_a_call_can_be_ended_and_a_tenant_taken_off(simulator: Simulator, inside_alpha: Tenant) -> None:
    asyncio.run(simulator.apply([alphas(simulator)], {}))
    leg = take(simulator, 200, until=Leg)[-1]
    assert isinstance(leg, Leg)
    asyncio.run(simulator.hang_up("t2", leg.id))

    assert LegGone("t2", leg.id) in take(simulator, 60)

    asyncio.run(simulator.remove("t2"))
    assert asyncio.run(simulator.digest("t2")) == ""


@pytest.mark.feature("PBX-12")
def test_what_was_before_is_invented_once_and_what_is_made_later_is_empty(
    simulator: Simulator, inside_alpha: Tenant, owner: User
) -> None:
    def held() -> tuple[set[int], int]:
        boxes = {one.box for one in asyncio.run(simulator.messages("t2"))}
        return boxes, len(asyncio.run(simulator.recordings("t2")))

    desk = Extension.objects.get(number="101")
    change_settings(subject=Subject(extension=desk), values={"recording.incoming": "always"}, by=owner)
    first = ensure_mailbox(desk)
    asyncio.run(simulator.apply([alphas(simulator)], {}))
    take(simulator, 90, until=CaughtUp)
    boxes, tapes = held()
    later = create_shared_mailbox(number="500", name="Orders", email="", by=owner)
    asyncio.run(simulator.apply([alphas(simulator)], {}))
    take(Simulator(simulator.facts, tick=0.002), 200, until=CaughtUp)

    assert first.pk in boxes
    assert 1 <= tapes <= 3
    assert held() == (boxes, tapes)
    assert later.pk not in boxes


@pytest.mark.feature("PBX-12")
def test_files_that_are_not_the_tenants_own_are_not_taken(simulator: Simulator, inside_alpha: Tenant) -> None:
    change = alphas(simulator)
    foreign = change.files[FILE].replace('"t2"', '"t3"')

    for files in ({}, {FILE: "{"}, {FILE: foreign}):
        outcome = asyncio.run(simulator.apply([replace(change, files=files)], {}))
        assert isinstance(outcome["t2"], NotTaken)
    assert asyncio.run(simulator.digest("t2")) == ""


@pytest.mark.feature("PBX-12")
def test_without_its_memory_the_simulator_is_away(simulator: Simulator, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    with pytest.raises(PbxAway):
        asyncio.run(simulator.set_flags("t2", Flags()))
    with pytest.raises(PbxAway):
        take(simulator, 1)


@pytest.mark.feature("PBX-12")
def test_the_driver_is_chosen_by_the_kind_of_the_pbx(db: None) -> None:
    pbx = Pbx.objects.create(name="Demo", kind=PbxKind.SIMULATOR, ami_secret="deep")

    driver = driver_of(facts_of(pbx))
    info = asyncio.run(driver.probe())

    assert (info.product, info.system_name) == ("Simulator", "Demo")
    assert "deep" not in repr(facts_of(pbx)), "secrets never stand in a text"
    assert asyncio.run(driver.resync_phone("t2", "101", "check-sync")) == 0
