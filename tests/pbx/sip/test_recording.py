"""Calls are recorded by the rules of who is called and of who calls, and no others (CTL-07)."""

import time
from pathlib import Path

import pytest

from extensions.services.settings import change_settings
from extensions.settings.subjects import Subject
from tests.pbx.lab import wait
from tests.pbx.sip.sound import loud_seconds, seconds_of
from tests.pbx.sip.stage import TEAM, Company, Stage
from tests.pbx.sip.test_trunks import MAIN, to_101

pytestmark = [pytest.mark.pbx]


def tapes(stage: Stage, company: Company) -> list[Path]:
    """The recordings of a company, by name."""
    folder = Path(stage.pbx.spool_folder) / "monitor"
    return sorted([*(folder / company.slug).glob("*.wav"), *folder.glob(f"{company.slug}-*.wav")])


@pytest.fixture(autouse=True)
def no_tapes(stage: Stage) -> None:
    for company in stage.companies:
        for path in tapes(stage, company):
            path.unlink()


def over(stage: Stage) -> None:
    stage.ears.until(lambda: not stage.ears.listing("CoreShowChannels"), "over")


@pytest.mark.feature("CTL-07")
def test_who_is_called_lets_record_both_sides_and_the_caller_is_told(stage: Stage, alpha: Company) -> None:
    alpha.say("108", recording__incoming="always")
    stage.bring()

    with stage.voice(alpha, "107") as caller, stage.voice(alpha, "108") as called:
        caller.dial("108").met("CALL_PROGRESS")
        called.answer()
        stage.ears.until(lambda: seconds_of(caller.heard, called.hz) > 1.5, "talk")
        caller.hang_up()
        over(stage)
        stage.talk(alpha.phone("101"), alpha.phone("102"))

        (tape,) = tapes(stage, alpha)
        assert tape.name.startswith(f"e{alpha.extension('108').pk}-in-")
        assert tape.name.split("-")[3] == "107"
        (told,) = stage.ears.until(lambda: wait(stage.driver.recordings("t2")), "listed", 10)
        assert (told.extension, told.incoming, told.number) == (alpha.extension("108").pk, True, "107")
        assert wait(stage.driver.recording_audio("t2", told.id)) == tape.read_bytes()
        assert wait(stage.driver.recording_audio("t3", told.id)) is None
        assert loud_seconds(tape) > 1
    assert not tapes(stage, stage.beta)


@pytest.mark.feature("CTL-07")
def test_who_calls_outside_lets_record_without_a_word(stage: Stage, alpha: Company) -> None:
    alpha.say("101", recording__outgoing="always", recording__announce=False)
    stage.bring()

    with stage.carrier():
        alpha.phone("101").dial("+6561110000").talks()
        time.sleep(1)
        alpha.phone("101").hang_up()
        over(stage)

    (tape,) = tapes(stage, alpha)
    assert tape.name.startswith(f"e{alpha.extension('101').pk}-out-")
    assert tape.name.split("-")[3] == "+6561110000"


@pytest.mark.feature("CTL-07")
def test_on_demand_nothing_is_recorded_before_the_key(stage: Stage, alpha: Company) -> None:
    alpha.say("108", recording__incoming="on_demand")
    stage.bring()

    with stage.voice(alpha, "107") as caller, stage.voice(alpha, "108") as called:
        stage.talk(caller, called)
        time.sleep(0.5)
        before = tapes(stage, alpha)
        caller.keys("*3")  # it is not theirs to record
        time.sleep(1)
        others = tapes(stage, alpha)
        called.keys("*3")
        stage.ears.until(lambda: tapes(stage, alpha), "a recording", 10)
        caller.hang_up()
        over(stage)

    (tape,) = tapes(stage, alpha)
    assert before == others == []
    assert tape.name.startswith(f"t2-e{alpha.extension('108').pk}-in-")


@pytest.mark.feature("CTL-07")
def test_a_team_has_its_own_rule(stage: Stage, alpha: Company) -> None:
    with alpha.pages() as by:
        change_settings(subject=Subject(team=alpha.team()), values={"recording.incoming": "always"}, by=by)
    stage.bring()

    alpha.phone("101").dial(TEAM)
    alpha.phone("102").answer()
    alpha.phone("101").talks()
    stage.ears.until(lambda: tapes(stage, alpha), "a recording", 10)

    (tape,) = tapes(stage, alpha)
    assert tape.name.startswith(f"g{alpha.team().pk}-in-")


@pytest.mark.feature("CTL-07")
def test_however_long_the_callers_number_is_the_recording_is_found_again(stage: Stage, alpha: Company) -> None:
    alpha.say("101", recording__incoming="always", recording__announce=False)
    to_101(alpha)
    stage.bring()

    with stage.incoming(MAIN, "+65" + "9" * 70) as call:
        alpha.phone("101").answer()
        assert call.result() == 200
        time.sleep(1)
        alpha.phone("101").hang_up()
        call.ended()
        over(stage)

    (told,) = stage.ears.until(lambda: wait(stage.driver.recordings("t2")), "listed", 10)
    assert told.number == "+65" + "9" * 37
