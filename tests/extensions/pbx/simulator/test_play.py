"""A play is believable, can be repeated, and follows what the portal says."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from extensions.pbx.driver import Flags
from extensions.pbx.events import (
    BoxCount,
    Leg,
    LegGone,
    LegState,
    Line,
    LineState,
    Member,
    Parked,
    Registered,
    SlotFree,
)
from extensions.pbx.live.calls import calls_of
from extensions.pbx.simulator.cast import Cast, Player, read_cast
from extensions.pbx.simulator.play import Play

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
CAST = Cast(
    tenant="t2",
    players=tuple(Player(place, str(100 + place), f"Person {place}", 500 + place) for place in range(1, 31)),
    teams=((5, (1, 2, 3, 99)), (6, (4, 5))),
    slots=("701", "702"),
    boxes=tuple(range(501, 531)),
)


def played(seconds: int, *, flags: Flags | None = None) -> tuple[Play, list[list[object]]]:
    """A play of CAST after so many ticks, and what it told at each."""
    play = Play(CAST, seed="x", flags=flags)
    return play, [list(play.tick(at=NOON + timedelta(seconds=second))) for second in range(seconds)]


@pytest.mark.feature("PBX-12")
def test_the_same_seed_gives_the_same_play() -> None:
    assert played(300)[1] == played(300)[1]
    assert Play(CAST, seed="x").events != Play(CAST, seed="y").events


@pytest.mark.feature("PBX-12")
def test_everything_that_a_switchboard_knows_happens_within_ten_minutes() -> None:
    play, told = played(600)
    events = [event for tick in told for event in tick]

    kinds = {type(event) for event in events}
    legs = {event.state for event in events if isinstance(event, Leg)}
    lines = {event.state for event in events if isinstance(event, Line)}
    assert {Leg, LegGone, Line, Parked, SlotFree, Member, BoxCount} <= kinds
    assert legs == set(LegState)
    assert {LineState.IDLE, LineState.RINGING, LineState.IN_CALL, LineState.ON_HOLD} <= lines
    assert 0.5 < len(events) / 600 < 6, "about an event a second"
    registered = [event for event in play.events.values() if isinstance(event, Registered)]
    assert 20 <= len(registered) < 30, "most telephones are registered, some are not"


@pytest.mark.feature("PBX-12")
def test_nobody_is_in_two_calls_and_only_real_things_take_part() -> None:
    play = Play(CAST, seed="x")
    numbers = {player.number for player in CAST.players}
    for second in range(400):
        play.tick(at=NOON + timedelta(seconds=second))
        legs = [event for event in play.events.values() if isinstance(event, Leg)]
        inside = Counter(leg.number for leg in legs if leg.number)
        assert set(inside) <= numbers
        assert max(inside.values(), default=1) == 1
        parked = [event.slot for event in play.events.values() if isinstance(event, Parked)]
        assert set(parked) <= set(CAST.slots)
        assert all(call.caller for call in calls_of(legs))
        lines = {event.number: event.state for event in play.events.values() if isinstance(event, Line)}
        assert all(lines[leg.number] is not LineState.IDLE for leg in legs if leg.number)


@pytest.mark.feature("PBX-12", "PRS-06")
def test_members_follow_the_agent_status_and_nobody_rings_who_wants_peace() -> None:
    flags = Flags(statuses={1: ("dnd", 7), 2: ("available", 7)}, resting=frozenset({"dnd"}))
    play, told = played(400, flags=flags)

    members = {(one.team, one.extension): one for one in play.events.values() if isinstance(one, Member)}
    assert members[5, 1].paused
    assert members[5, 1].reason == "dnd"
    assert not members[5, 2].paused
    assert (5, 99) not in members, "nobody with this id exists"
    assert not [leg for tick in told for leg in tick if isinstance(leg, Leg) and leg.number == "101"]

    changed = play.take_flags(Flags())
    assert [event for event in changed if isinstance(event, Member) and event.extension == 1 and not event.paused]


@pytest.mark.feature("PBX-12")
def test_a_call_that_somebody_ends_is_over() -> None:
    play, _told = played(60)
    leg = next(event for event in play.events.values() if isinstance(event, Leg))

    told = play.hang_up(leg.id, at=NOON)

    assert LegGone("t2", leg.id) in told
    assert not [one for one in play.events.values() if isinstance(one, Leg) and one.call == leg.call]
    assert play.hang_up("SIM/unknown", at=NOON) == []


def test_a_tenant_without_extensions_is_quiet() -> None:
    play = Play(Cast("t2", (), (), (), ()), seed="x")

    assert [play.tick(at=NOON) for _second in range(20)] == [[]] * 20


def test_a_file_that_is_no_cast_is_refused() -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        read_cast("[]")
