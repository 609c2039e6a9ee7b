"""What a PBX tells reaches pages, work and quarantine, and its absence is noticed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from extensions.pbx.driver import PbxAway
from extensions.pbx.drivers import facts_of
from extensions.pbx.events import BoxCount, CaughtUp, Line, LineState, PbxEvent, PhoneFeature, Stray
from extensions.pbx.following.follower import Follower
from extensions.pbx.live.reader import LiveStatus, live_now
from portal.jobs.models import Outbox
from tenants.models import Pbx, Tenant
from tenants.models import Stray as StrayRow
from tests.extensions.pbx.following.conftest import NOW, Script, until

pytestmark = pytest.mark.long


def in_public(look: Callable[[], Any]) -> Callable[[], Any]:
    """`look`, with a connection that goes back afterwards: it is called from threads."""

    def looked() -> Any:
        connection.set_schema_to_public()
        try:
            return look()
        finally:
            connection.close()

    return looked


def alpha_now() -> Any:
    return live_now(Tenant.objects.get(schema_name="t2"))


@pytest.mark.feature("MON-01", "PRS-02")
def test_what_the_pbx_tells_is_shown_and_changes_are_asked_for(north: Pbx, script: Script) -> None:
    script.connections = [[Line("t2", "101", LineState.RINGING), CaughtUp()]]
    follower = Follower(facts_of(north), heartbeat=0.1)

    def both() -> bool:
        return alpha_now().lines == {"101": LineState.RINGING} and Outbox.objects.filter(task="pbx.apply").exists()

    until(in_public(both), follower.run)

    asked = Outbox.objects.get(task="pbx.apply")
    assert (asked.key, asked.kwargs) == ("t2", {"tenant": "t2"})
    north.refresh_from_db()
    assert (north.product, north.product_version, north.skew) == ("Scripted PBX", "22.10.1", 0.25)
    assert north.seen_at is not None
    assert north.leased_until is None, "the next process may begin at once"
    assert script.known == {"alpha-phones.localhost": "t2"}, "else every event of a real PBX is nobody's"


@pytest.mark.feature("VM-03")
def test_boxes_are_looked_after_when_a_message_comes_and_after_an_absence(north: Pbx, script: Script) -> None:
    script.connections = [[BoxCount("t2", 23, 0, 0), CaughtUp(), BoxCount("t2", 23, 1, 0), BoxCount("t2", 23, 2, 0)]]
    follower = Follower(facts_of(north), heartbeat=0.1)

    until(in_public(lambda: Outbox.objects.filter(task="pbx.messages").count() == 2), follower.run)

    asked = {one.key: one.kwargs for one in Outbox.objects.filter(task="pbx.messages")}
    assert asked == {"t2": {"tenant": "t2", "box": None}, "t2-23": {"tenant": "t2", "box": 23}}


@pytest.mark.feature("MON-01")
def test_events_of_nobody_here_are_kept_apart_and_counted(north: Pbx, script: Script) -> None:
    events: list[PbxEvent | Exception] = [
        CaughtUp(),
        Line("t3", "101", LineState.BUSY),
        *(Stray("DeviceStateChange", "PJSIP/anybody", NOW) for _time in range(3)),
    ]
    script.connections = [events]
    follower = Follower(facts_of(north), heartbeat=0.1)

    until(in_public(lambda: StrayRow.objects.count() == 2), follower.run)

    strays = {(one.name, one.hint, one.times) for one in StrayRow.objects.all()}
    assert strays == {("DeviceStateChange", "PJSIP/anybody", 3), ("Line", "t3 is not on this PBX", 1)}
    assert live_now(Tenant.objects.get(schema_name="t3")).lines == {}


@pytest.mark.feature("MON-01")
def test_a_pbx_that_goes_away_is_told_since_when_and_comes_back(north: Pbx, script: Script) -> None:
    script.connections = [
        [Line("t2", "101", LineState.IDLE), Line("t2", "102", LineState.IDLE), CaughtUp(), PbxAway("Nobody answers.")],
        [PbxAway("Nobody answers.")],
        [Line("t2", "102", LineState.IN_CALL), CaughtUp()],
    ]
    follower = Follower(facts_of(north), heartbeat=0.1)
    seen = []

    def back() -> bool:
        live = alpha_now()
        seen.append(live.link.status)
        return live.lines == {"102": LineState.IN_CALL}

    until(in_public(back), follower.run)

    assert script.connected == 3
    north.refresh_from_db()
    assert north.last_error == "Nobody answers."
    assert north.last_error_at is not None
    assert set(seen) <= {LiveStatus.STALE, LiveStatus.STARTING, LiveStatus.AWAY, LiveStatus.CONNECTED}


@pytest.mark.feature("MON-01")
def test_a_defect_while_reading_does_not_end_the_following(north: Pbx, script: Script) -> None:
    script.connections = [[ValueError("our mistake")], [CaughtUp()]]
    follower = Follower(facts_of(north), heartbeat=0.1)

    until(in_public(lambda: alpha_now().link.status is LiveStatus.CONNECTED), follower.run)

    north.refresh_from_db()
    assert "ValueError" in north.last_error
    assert "our mistake" not in north.last_error


def test_feature_codes_become_work_in_their_tenant(north: Pbx, script: Script) -> None:
    script.connections = [[CaughtUp(), PhoneFeature("t2", 17, "dnd_on", "", NOW)]]
    follower = Follower(facts_of(north), heartbeat=0.1)

    until(in_public(lambda: Outbox.objects.filter(task="pbx.phone_feature").exists()), follower.run)

    row = Outbox.objects.get(task="pbx.phone_feature")
    assert row.schema == "t2"
    assert row.kwargs == {"extension_id": 17, "feature": "dnd_on", "argument": "", "at": NOW.isoformat()}
