"""Conference rooms connect callers, ask guests for the PIN, and know their members (CONF-01)."""

import time

import pytest

from extensions.models import ConferenceRoom
from extensions.pbx.driver import PbxFault
from extensions.services.conference.rooms import change_members, set_room_pin
from tenants.door import inside
from tests.pbx.sip.sound import seconds_of
from tests.pbx.sip.stage import ROOM, Company, Stage

pytestmark = [pytest.mark.pbx]
PIN = "83027"


def people_in(stage: Stage, company: Company) -> set[str]:
    """Who is in the company's room now, by number."""
    with inside(company.tenant):
        room = ConferenceRoom.objects.get(number=ROOM)
    try:
        listed = stage.ears.listing("ConfbridgeList", Conference=f"{company.slug}-c{room.pk}")
    except PbxFault:  # there is no such conference while nobody is in it
        return set()
    return {one.get("CallerIDNum") for one in listed}


@pytest.mark.feature("CONF-01")
def test_callers_of_a_room_hear_each_other_and_no_other_company(stage: Stage, alpha: Company, beta: Company) -> None:
    with (
        stage.voice(alpha, "107") as first,
        stage.voice(alpha, "108") as second,
        stage.voice(beta, "107") as stranger,
    ):
        for phone in (first, second, stranger):
            phone.dial(ROOM).talks()

        stage.ears.until(lambda: people_in(stage, alpha) == {"107", "108"}, "both")
        assert people_in(stage, beta) == {"107"}
        stage.ears.until(lambda: seconds_of(first.heard, second.hz) > 0.3, "the second heard", 15)
        stage.ears.until(lambda: seconds_of(second.heard, first.hz) > 0.3, "the first heard", 15)
        assert seconds_of(stranger.heard, first.hz) == 0


@pytest.mark.feature("CONF-01")
def test_guests_are_asked_for_the_pin_and_members_are_not(stage: Stage, alpha: Company) -> None:
    with alpha.pages() as by:
        room = ConferenceRoom.objects.get(number=ROOM)
        set_room_pin(room=room, pin=PIN, by=by)
        change_members(room=room, add=[alpha.extension("101").pk], remove=[], by=by)
    stage.bring()

    alpha.phone("101").dial(ROOM).talks()
    stage.ears.until(lambda: people_in(stage, alpha) == {"101"}, "the member")
    with stage.voice(alpha, "107") as guest:
        guest.dial(ROOM).talks()
        time.sleep(0.7)
        assert people_in(stage, alpha) == {"101"}
        guest.keys(f"{PIN}#")

        stage.ears.until(lambda: people_in(stage, alpha) == {"101", "107"}, "the guest")
