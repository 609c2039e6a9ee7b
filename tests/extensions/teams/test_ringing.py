"""Who rings when, for each strategy (TEAM-03)."""

import pytest

from extensions.callflow.ringing import Turn, ring_turns, rings_until
from extensions.models import RingStrategy

TRIO = ("Ana", "Ben", "Cem")


def turns(strategy: RingStrategy, call: int = 1) -> list[tuple[str, int]]:
    return [(turn.member, turn.starts) for turn in ring_turns(strategy, 20, TRIO, call=call)]


@pytest.mark.feature("TEAM-03")
def test_all_ring_together_for_the_whole_time() -> None:
    found = ring_turns(RingStrategy.ALL, 20, TRIO)

    assert found == [Turn("Ana", 0, 20), Turn("Ben", 0, 20), Turn("Cem", 0, 20)]
    assert rings_until(found) == 20


@pytest.mark.feature("TEAM-03")
@pytest.mark.parametrize("strategy", [RingStrategy.LINEAR, RingStrategy.LONGEST_IDLE])
def test_one_after_the_other_from_the_top(strategy: RingStrategy) -> None:
    assert turns(strategy) == turns(strategy, call=2) == [("Ana", 0), ("Ben", 20), ("Cem", 40)]


@pytest.mark.feature("TEAM-03")
def test_taking_turns_begins_one_further_down_with_each_call() -> None:
    firsts = [turns(RingStrategy.ROUND_ROBIN, call)[0][0] for call in (1, 2, 3, 4)]

    assert firsts == ["Ana", "Ben", "Cem", "Ana"]


@pytest.mark.feature("TEAM-03")
def test_a_random_order_names_everybody_once() -> None:
    for call in range(1, 8):
        assert sorted(member for member, _starts in turns(RingStrategy.RANDOM, call)) == list(TRIO)
    assert len({tuple(turns(RingStrategy.RANDOM, call)) for call in range(1, 8)}) > 1


@pytest.mark.feature("TEAM-03")
@pytest.mark.parametrize("strategy", list(RingStrategy))
def test_nobody_rings_in_an_empty_team(strategy: RingStrategy) -> None:
    assert rings_until(ring_turns(strategy, 20, ())) == 0
