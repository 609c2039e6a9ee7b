"""Lamps on keys show what colleagues' telephones do, and nobody else's (BLF-03, BLF-06)."""

import pytest
from django.utils import timezone

from extensions.models import StatusKind, StatusSource
from extensions.pbx.events import Line, LineState
from extensions.services.presence import Wish, set_status
from tests.pbx.sip.stage import Company, Stage

pytestmark = [pytest.mark.pbx]


@pytest.mark.feature("BLF-03", "PRS-02")
def test_a_lamp_follows_a_call_from_ringing_to_its_end(stage: Stage, alpha: Company) -> None:
    caller, called = alpha.phone("101"), alpha.phone("102")
    with stage.watcher(alpha, "103") as keys:
        assert keys.watch("102").lamp("102") == "terminated"

        caller.dial("102")
        called.rings()
        keys.shows("102", "early")
        stage.ears.told(Line, tenant="t2", number="102", state=LineState.RINGING)
        called.answer()
        keys.shows("102", "confirmed")
        stage.ears.told(Line, tenant="t2", number="102", state=LineState.IN_CALL)
        caller.hang_up()
        keys.shows("102", "terminated")

    stage.ears.told(Line, tenant="t2", number="102", state=LineState.IDLE)


@pytest.mark.feature("BLF-06")
def test_the_lamp_of_a_hidden_extension_tells_nothing(stage: Stage, alpha: Company) -> None:
    alpha.say("104", monitoring__visibility="hidden")
    stage.bring()

    with stage.watcher(alpha, "103") as keys:
        keys.watch("104")
        keys.watch("101")
        stage.talk(alpha.phone("101"), alpha.phone("104"))
        keys.shows("101", "confirmed")
        alpha.phone("101").hang_up()
        keys.shows("101", "terminated")

        assert keys.states["104"] == ["terminated"]


def test_another_companys_lamp_of_the_same_number_stays_dark(stage: Stage, alpha: Company, beta: Company) -> None:
    with stage.watcher(alpha, "103") as ours, stage.watcher(beta, "102") as theirs:
        ours.watch("101")
        theirs.watch("101", alpha.domain)  # whoever it is asked of, it is one's own company's
        stage.talk(alpha.phone("101"), alpha.phone("102"))
        ours.shows("101", "confirmed")
        alpha.phone("101").hang_up()
        ours.shows("101", "terminated")

        assert theirs.states["101"] == ["terminated"]
        stage.talk(beta.phone("101"), beta.phone("102"))
        theirs.shows("101", "confirmed")
        assert ours.lamp("101") == "terminated"


@pytest.mark.feature("BLF-03", "PRS-06")
def test_do_not_disturb_lights_the_lamp_from_the_page(stage: Stage, alpha: Company) -> None:
    one = alpha.extension("102")
    with stage.watcher(alpha, "103") as keys:
        keys.watch("102")
        for kind, lamp in ((StatusKind.DND, "confirmed"), (StatusKind.AVAILABLE, "terminated")):
            with alpha.pages() as by:
                set_status(extension=one, wish=Wish(kind), source=StatusSource.MANAGER, by=by, at=timezone.now())
            stage.bring_flags()
            keys.shows("102", lamp)
