"""Shared parking: a call waits in a slot, is seen there, is fetched, and comes back (PRK-03, PRK-04)."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.utils import timezone

from extensions.models import DestinationKind, ParkingReturn
from extensions.pbx import applying
from extensions.pbx.events import Parked, SlotFree
from extensions.pbx.facts import TenantFacts, take_tenant_facts
from extensions.services.destinations import Target
from extensions.services.parking.lot import edit_parking
from extensions.services.parking.ranges import SlotRange
from tests.pbx.sip.stage import LOT, SLOTS, Company, Stage

pytestmark = [pytest.mark.pbx]


def park(stage: Stage, company: Company, at: str) -> None:
    """101 talks to 102, who sends the call to `at`."""
    stage.talk(company.phone("101"), company.phone("102"))
    company.phone("102").transfer(at)


def fetch(company: Company, number: str, slot: str) -> None:
    phone = company.phone(number).dial(slot)
    phone.talks()


@pytest.mark.feature("PRK-04", "PRK-05")
def test_a_call_is_parked_seen_and_fetched(stage: Stage, alpha: Company) -> None:
    with stage.watcher(alpha, "104") as keys:
        for slot in SLOTS:
            assert keys.watch(slot).lamp(slot) == "terminated"
        park(stage, alpha, LOT)

        parked = stage.ears.told(Parked, tenant="t2", slot="701")
        keys.shows("701", "confirmed")
        fetch(alpha, "103", "701")
        keys.shows("701", "terminated")
        assert keys.lamp("702") == "terminated"

    assert (parked.caller, parked.by) == ("101", "102")
    stage.ears.told(SlotFree, tenant="t2", slot="701")
    fetched = stage.ears.raw("UnParkedCall")
    assert (fetched.get("ParkingSpace"), fetched.get("RetrieverCallerIDNum")) == ("701", "103")
    channels = stage.ears.until(lambda: bridged(stage), "two in one bridge")
    assert {one.get("CallerIDNum") for one in channels} == {"101", "103"}


def bridged(stage: Stage) -> list[object]:
    channels = stage.ears.listing("CoreShowChannels")
    return channels if len(channels) == 2 and len({one.get("BridgeId") for one in channels} - {""}) == 1 else []


@pytest.mark.feature("PRK-04")
def test_a_slot_takes_a_call_that_is_sent_to_it_and_no_second_one(stage: Stage, alpha: Company) -> None:
    park(stage, alpha, "702")
    stage.ears.told(Parked, tenant="t2", slot="702")

    stage.talk(alpha.phone("103"), alpha.phone("104"))
    alpha.phone("104").forget_events()
    alpha.phone("104").transfer("702")

    # Nobody is lost: whoever wanted to park it has the call again.
    alpha.phone("104").answer()
    assert [one.slot for one in stage.ears.all_told(Parked)] == ["702"]
    assert not alpha.phone("103").has_met("CALL_CLOSED")
    fetch(alpha, "102", "702")


def test_another_company_gets_nothing_from_the_same_slot(stage: Stage, alpha: Company, beta: Company) -> None:
    park(stage, alpha, LOT)
    stage.ears.told(Parked, tenant="t2", slot="701")

    with stage.watcher(beta, "102") as keys:
        assert keys.watch("701").lamp("701") == "terminated"
        beta.phone("101").dial("701").talks().hang_up()  # to hear that there is nobody

    assert not stage.ears.all_raw("UnParkedCall")
    fetch(alpha, "103", "701")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls come back after one second; the page allows no less than 15."""

    def soon(*, at: datetime) -> TenantFacts:
        facts = take_tenant_facts(at=at)
        lot = facts.snapshot.parking
        assert lot is not None
        return replace(facts, snapshot=replace(facts.snapshot, parking=replace(lot, timeout=1)))

    monkeypatch.setattr(applying, "take_tenant_facts", soon)


@pytest.mark.feature("PRK-03")
@pytest.mark.usefixtures("impatient")
def test_a_call_that_nobody_fetches_comes_back_to_whoever_parked_it(stage: Stage, alpha: Company) -> None:
    stage.bring()
    park(stage, alpha, LOT)
    stage.ears.told(Parked, tenant="t2", slot="701")
    alpha.phone("102").ends()
    alpha.phone("102").forget_events()

    alpha.phone("102").answer()

    stage.ears.told(SlotFree, tenant="t2", slot="701")
    assert stage.ears.raw("ParkedCallTimeOut").get("ParkingSpace") == "701"


@pytest.mark.feature("PRK-03")
@pytest.mark.usefixtures("impatient")
def test_a_call_that_nobody_fetches_goes_where_the_page_says(stage: Stage, alpha: Company) -> None:
    with alpha.pages() as by:
        edit_parking(
            wanted=SlotRange(LOT, SLOTS[0], len(SLOTS)), timeout=15, returns_to=ParkingReturn.DESTINATION,
            destination=Target(DestinationKind.EXTENSION, alpha.extension("104")), take_off=False, version=None, by=by,
            at=timezone.now(),
        )  # fmt: skip
    stage.bring()
    park(stage, alpha, LOT)

    alpha.phone("104").answer()

    assert stage.ears.raw("ParkedCallTimeOut").get("ParkingSpace") == "701"
    assert not alpha.phone("101").has_met("CALL_CLOSED")


@pytest.mark.feature("PRK-03")
def test_a_call_that_is_parked_outlives_a_change_of_the_lot(stage: Stage, alpha: Company) -> None:
    park(stage, alpha, LOT)
    stage.ears.told(Parked, tenant="t2", slot="701")
    with alpha.pages() as by:
        edit_parking(
            wanted=SlotRange(LOT, SLOTS[0], len(SLOTS) - 1), timeout=120, returns_to=ParkingReturn.PARKER,
            destination=None, take_off=True, version=None, by=by, at=timezone.now(),
        )  # fmt: skip

    stage.bring()

    fetch(alpha, "103", "701")
    assert not alpha.phone("101").has_met("CALL_CLOSED")


def test_a_pbx_in_which_a_call_does_not_end_is_begun_anew(
    stage: Stage, alpha: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.talk(alpha.phone("101"), alpha.phone("102"))
    ends, before = stage.clear_calls, stage.asterisk.pid

    def never() -> None:
        monkeypatch.setattr(stage, "clear_calls", ends)
        raise AssertionError("never silent")  # noqa: EM101 - as the stage itself says it

    monkeypatch.setattr(stage, "clear_calls", never)
    with pytest.warns(UserWarning, match="started anew"):
        stage.clear()

    assert stage.asterisk.pid != before
    stage.talk(alpha.phone("101"), alpha.phone("102"))
