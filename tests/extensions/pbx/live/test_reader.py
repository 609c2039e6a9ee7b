"""What pages are told, and what they are told where nobody knows."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from extensions.pbx.events import BoxCount, Contact, LegState, Line, LineState, Member, Parked, Registered
from extensions.pbx.live.calls import CallState, Direction
from extensions.pbx.live.impatient import impatient_redis
from extensions.pbx.live.link import LinkState
from extensions.pbx.live.reader import LiveStatus, lines_now, live_now, live_of_many
from tenants.door import inside
from tenants.models import AppliedState, AppliedVersion, Pbx, PbxKind, Tenant
from tests.extensions.pbx.live.conftest import NOON, Switchboard, leg


@pytest.mark.feature("MON-01", "PRS-02")
def test_everything_is_read_with_one_query(placed: AppliedVersion, alpha: Tenant, switchboard: Switchboard) -> None:
    phone = Contact("Yealink T54W", "10.0.0.9:5060", 9.0, None)
    switchboard.tell(
        Line("t2", "101", LineState.IN_CALL),
        Registered("t2", "101", (phone,)),
        Registered("t2", "102", ()),
        leg("a"),
        leg("b", number="102", other="101", incoming=True),
        Parked("t2", "701", "103", "", "102", NOON, None),
        BoxCount("t2", 23, 3, 1),
        Member("t2", 5, 17, True, "lunch", False, 4),
    )

    with inside(alpha):
        AppliedVersion.objects.count()  # takes the role and the search path
        with CaptureQueriesContext(connection) as queries:
            live = live_now()

    assert len(queries) == 1
    assert live.link.status is LiveStatus.CONNECTED
    assert live.lines == {"101": LineState.IN_CALL}
    assert live.phones == {"101": (phone,)}
    assert [call.id for call in live.calls] == ["c1"]
    assert live.parked["701"].by == "102"
    assert live.boxes[23].new == 3
    assert live.members[5, 17].paused
    assert live.leg("b") is not None
    assert live.leg("z") is None


@pytest.mark.feature("PRS-02")
def test_a_list_reads_only_the_telephones_that_it_shows(
    placed: AppliedVersion, alpha: Tenant, switchboard: Switchboard
) -> None:
    phone = Contact("Yealink T54W", "10.0.0.9:5060", 9.0, None)
    switchboard.tell(
        Line("t2", "101", LineState.IN_CALL),
        Registered("t2", "102", (phone,)),
        Line("t2", "103", LineState.BUSY),
        leg("a"),
    )

    with inside(alpha):
        live = lines_now(["101", "102", "104"])
        nobody = lines_now([])

    assert live.link.status is nobody.link.status is LiveStatus.CONNECTED
    assert (live.lines, live.phones, live.calls) == ({"101": LineState.IN_CALL}, {"102": (phone,)}, ())
    assert nobody.lines == {}


@pytest.mark.feature("MON-01")
def test_one_tenant_never_sees_the_calls_of_another(
    placed: AppliedVersion, alpha: Tenant, beta: Tenant, pbx: Pbx
) -> None:
    AppliedVersion.objects.create(tenant=beta, pbx=pbx, state=AppliedState.APPLIED, since=NOON)
    Switchboard(pbx, ("t2", "t3")).tell(
        leg("a"), leg("x", tenant="t3", call="c9", number="101"), Line("t3", "101", LineState.BUSY)
    )

    with inside(alpha):
        ours = live_now()
    with inside(beta):
        theirs = live_now()

    assert [call.id for call in ours.calls] == ["c1"]
    assert ours.lines == {}
    assert [call.id for call in theirs.calls] == ["c9"]


@pytest.mark.feature("MON-01")
def test_a_pbx_that_the_tenant_left_is_not_believed(
    placed: AppliedVersion, alpha: Tenant, switchboard: Switchboard
) -> None:
    switchboard.tell(leg("a"))
    other = Pbx.objects.create(name="South", host="10.0.0.6", ami_user="portal")
    AppliedVersion.objects.filter(pk=placed.pk).update(pbx=other)
    Switchboard(other, ()).tell()

    assert live_now(alpha).link.status is LiveStatus.STARTING
    assert live_now(alpha).calls == ()


@pytest.mark.feature("MON-01")
@pytest.mark.parametrize(
    ("state", "quiet", "status"),
    [
        (LinkState.CONNECTED, 0, LiveStatus.CONNECTED),
        (LinkState.CONNECTED, 40, LiveStatus.STALE),
        (LinkState.AWAY, 0, LiveStatus.AWAY),
        (LinkState.AWAY, 40, LiveStatus.STALE),
        (LinkState.CONNECTING, 0, LiveStatus.STARTING),
        (LinkState.OFF, 900, LiveStatus.OFF),
    ],
)
def test_nothing_is_shown_as_true_when_nobody_tells(
    placed: AppliedVersion, alpha: Tenant, switchboard: Switchboard, state: LinkState, quiet: int, status: LiveStatus
) -> None:
    link = switchboard.link(state, ago=90, quiet=quiet)
    switchboard.tell(leg("a"), Line("t2", "101", LineState.IDLE), link=link)

    live = live_now(alpha)

    assert live.link.status is status
    assert (live.calls != ()) is (status is LiveStatus.CONNECTED)
    expected = switchboard.at - timedelta(seconds=quiet if status is LiveStatus.STALE else 90)
    assert live.link.since is not None
    assert abs(live.link.since - expected) < timedelta(milliseconds=2)


@pytest.mark.feature("PBX-12")
def test_a_simulator_says_that_it_is_one(placed: AppliedVersion, alpha: Tenant, switchboard: Switchboard) -> None:
    switchboard.tell(link=replace(switchboard.link(), kind=PbxKind.SIMULATOR))

    link = live_now(alpha).link

    assert link.status is LiveStatus.SIMULATED
    assert link.is_simulated
    assert link.tells


def test_a_tenant_on_no_pbx_is_told_so(beta: Tenant) -> None:
    assert live_now(beta).link.status is LiveStatus.NONE


def test_a_valkey_that_is_away_costs_a_sentence_and_no_error(
    placed: AppliedVersion, alpha: Tenant, settings: Any
) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    impatient_redis.cache_clear()

    live = live_now(alpha)

    impatient_redis.cache_clear()
    assert live.link.status is LiveStatus.STALE
    assert live.link.since is None


def test_changes_that_wait_for_the_pbx_are_told(
    placed: AppliedVersion, alpha: Tenant, switchboard: Switchboard
) -> None:
    AppliedVersion.objects.filter(pk=placed.pk).update(state=AppliedState.WAITING, since=NOON)
    switchboard.tell(link=switchboard.link(LinkState.AWAY))

    assert live_now(alpha).link.waiting_since == NOON


@pytest.mark.feature("MON-02")
def test_operators_read_many_tenants_at_once(placed: AppliedVersion, pbx: Pbx, switchboard: Switchboard) -> None:
    switchboard.tell(leg("a", number="", other="+4930", outside=True), leg("b", incoming=True))

    found = live_of_many({"t2": pbx.pk, "t3": pbx.pk})

    assert set(found) == {"t2"}
    assert found["t2"].channels == 1


@pytest.mark.feature("MON-01")
def test_a_call_between_colleagues_rings_and_is_answered(
    placed: AppliedVersion, alpha: Tenant, switchboard: Switchboard
) -> None:
    ringing = leg("b", number="102", other="101", incoming=True, state=LegState.RINGING)
    switchboard.tell(leg("a", state=LegState.DIALLING), ringing)
    (before,) = live_now(alpha).calls
    answer = NOON + timedelta(seconds=4)
    switchboard.tell(
        leg("a", answered_at=answer), replace(ringing, state=LegState.UP, answered_at=answer + timedelta(seconds=1))
    )
    (after,) = live_now(alpha).calls

    assert (before.caller, before.callees, before.direction) == ("101", ("102",), Direction.INTERNAL)
    assert (before.state, before.answered_at, before.since) == (CallState.RINGING, None, NOON)
    assert (after.state, after.since) == (CallState.UP, answer + timedelta(seconds=1))
    assert after.channels == 0


@pytest.mark.feature("MON-01")
def test_a_call_from_outside_rings_at_many_and_is_taken_by_one(
    placed: AppliedVersion, alpha: Tenant, switchboard: Switchboard
) -> None:
    outside = leg("t", number="", other="+4930123", outside=True, incoming=True)
    rung = [
        leg(number, number=number, other="+4930123", other_name="Müller", incoming=True, state=LegState.RINGING)
        for number in ("101", "102", "103")
    ]
    switchboard.tell(outside, *rung)
    (before,) = live_now(alpha).calls
    switchboard.tell(outside, replace(rung[1], state=LegState.UP, answered_at=NOON))
    (after,) = live_now(alpha).calls

    assert (before.caller, before.caller_name, before.callees) == ("+4930123", "Müller", ("101", "102", "103"))
    assert (before.direction, before.state) == (Direction.INCOMING, CallState.RINGING)
    assert (after.callees, after.state, after.channels) == (("102",), CallState.UP, 1)
    assert after.numbers == {"102"}


@pytest.mark.feature("MON-01")
@pytest.mark.parametrize(("state", "shown"), [(LegState.HOLD, CallState.HOLD), (LegState.PARKED, CallState.PARKED)])
def test_a_call_to_the_outside_can_wait(
    placed: AppliedVersion, alpha: Tenant, switchboard: Switchboard, state: LegState, shown: CallState
) -> None:
    switchboard.tell(leg("a", other="+4930", state=state), leg("t", number="", other="+4930", outside=True))

    (call,) = live_now(alpha).calls

    assert (call.caller, call.callees, call.direction, call.state) == ("101", ("+4930",), Direction.OUTGOING, shown)
