"""A play leaves a recording of each call whose people are recorded, and of no other (CTL-07)."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from extensions.models import Extension
from extensions.pbx.driver import Change
from extensions.pbx.facts import take_tenant_facts
from extensions.pbx.recordings import Recording, read_recording
from extensions.pbx.simulator.cast import FILE, Cast, Player, read_cast
from extensions.pbx.simulator.driver import Simulator
from extensions.pbx.simulator.play import Play
from extensions.pbx.simulator.tapes import MOST
from extensions.services.settings import change_settings
from extensions.services.teams.edit import create_team
from extensions.settings.subjects import Subject
from portal.accounts.models import User
from tenants.models import Tenant

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
pytestmark = [pytest.mark.feature("CTL-07", "PBX-12")]


def player(place: int, *tapes: str) -> Player:
    return Player(place, str(100 + place), f"Person {place}", 500 + place, tapes)


# 1 is recorded both ways, 2 when somebody calls; team 5 has a rule of its own, team 6 has none.
CAST = Cast(
    tenant="t2",
    players=(player(1, "in", "out"), player(2, "in"), *(player(place) for place in range(3, 8))),
    teams=((5, (3, 4)), (6, (1, 2))),
    slots=(),
    boxes=(),
    taped=(5,),
)


def left_by(cast: Cast, seconds: int = 2000) -> list[Recording]:
    """What plays leave in so many seconds each; in each somebody else has no telephone."""
    found: list[Recording | None] = []
    for seed in ("x", "y", "z"):
        play = Play(cast, seed=seed)
        for second in range(seconds):
            play.tick(at=NOON + timedelta(seconds=second))
        found += [read_recording(id, length) for id, length in play.tapes.items()]
    assert None not in found
    return [one for one in found if one is not None]


def test_calls_are_recorded_by_the_rules_of_who_is_called_who_calls_and_of_teams() -> None:
    found = left_by(CAST)

    whose = {(one.extension, one.team, one.incoming) for one in found}
    assert whose == {(1, None, True), (1, None, False), (2, None, True), (None, 5, True)}
    assert all(one.seconds >= 8 and one.number for one in found)
    assert all(NOON <= one.at <= NOON + timedelta(seconds=2000) for one in found)


def test_where_nobody_is_recorded_nothing_is_left() -> None:
    assert left_by(Cast("t2", tuple(player(place) for place in range(1, 13)), (), (), ()), 300) == []


def test_a_call_that_a_page_ends_is_kept_as_far_as_it_went() -> None:
    play = Play(Cast("t2", tuple(player(place, "in", "out") for place in range(1, 9)), (), (), ()), seed="x")
    second = 0
    while not any(scene.answered_at for scene in play.scenes):
        play.tick(at=NOON + timedelta(seconds=second))
        second += 1
    talking = next(scene for scene in play.scenes if scene.answered_at)
    before = set(play.tapes)

    play.hang_up(next(talking.legs()).id, at=NOON + timedelta(seconds=second + 4))

    assert set(play.tapes) > before


def test_the_cast_follows_the_settings(inside_alpha: Tenant, owner: User, simulator: Simulator) -> None:
    sales = create_team(name="Sales", number="610", by=owner)
    desk = Extension.objects.get(number="101")
    change_settings(subject=Subject(team=sales), values={"recording.incoming": "always"}, by=owner)
    change_settings(
        subject=Subject(extension=desk), values={"recording.outgoing": "always", "recording.incoming": "on_demand"},
        by=owner,
    )  # fmt: skip

    facts = take_tenant_facts(at=NOON)
    change = Change(facts, simulator.render(facts))
    cast = read_cast(change.files[FILE])

    assert {one.number: one.tapes for one in cast.players}["101"] == ("out",)
    assert cast.taped == (sales.pk,)


def test_what_was_left_is_listed_played_and_forgotten(simulator: Simulator) -> None:
    old, new = f"e1-in-{NOON.timestamp() - 9:.0f}--1.1", f"e1-in-{NOON.timestamp():.0f}-101-1.2"
    asyncio.run(simulator.keep_tapes("t2", {old: 3, new: 2}))

    assert [one.id for one in asyncio.run(simulator.recordings("t2"))] == [new, old]
    sound = asyncio.run(simulator.recording_audio("t2", new))
    assert sound is not None
    assert len(sound) == 44 + 2 * 16_000
    assert asyncio.run(simulator.recording_audio("t3", new)) is None
    assert asyncio.run(simulator.recording_audio("t2", "../x")) is None

    assert asyncio.run(simulator.forget_recordings("t2", NOON)) == 1
    assert [one.id for one in asyncio.run(simulator.recordings("t2"))] == [new]
    asyncio.run(simulator.remove("t2"))
    assert list(asyncio.run(simulator.recordings("t2"))) == []


def test_only_the_newest_are_kept(simulator: Simulator) -> None:
    ids = [f"e1-in-{1_764_000_000 + place}-101-1.{place}" for place in range(MOST + 20)]
    asyncio.run(simulator.keep_tapes("t2", dict.fromkeys(ids, 5)))

    kept = {one.id for one in asyncio.run(simulator.recordings("t2"))}

    assert kept == set(ids[20:])
