"""Two companies own the same numbers on one PBX, and neither ever reaches the other (PHONE-SYSTEM 2.1, 6)."""

import pytest

from extensions.pbx.events import BoxCount, Leg, TenantEvent
from tests.pbx.sip.stage import LOT, TEAM, Company, Stage

pytestmark = [pytest.mark.pbx]


def test_another_companys_address_leads_to_ones_own_colleague(stage: Stage, alpha: Company, beta: Company) -> None:
    beta.phone("101").dial(f"sip:102@{alpha.domain}")

    beta.phone("102").answer()

    beta.phone("101").talks()
    assert not alpha.phone("102").has_met("CALL_INCOMING")


def test_numbers_that_only_another_company_has_are_nobodys(stage: Stage, alpha: Company, beta: Company) -> None:
    beta.phone("101").dial(f"sip:104@{alpha.domain}").hears_why()

    assert not alpha.phone("104").has_met("CALL_INCOMING")


def test_a_team_of_the_same_number_rings_its_own_people(stage: Stage, alpha: Company, beta: Company) -> None:
    beta.phone("101").dial(TEAM)

    beta.phone("102").answer()

    assert not alpha.phone("102").has_met("CALL_INCOMING")
    assert not alpha.phone("103").has_met("CALL_INCOMING")


def test_everything_that_is_told_about_a_call_names_its_company(stage: Stage, alpha: Company, beta: Company) -> None:
    with stage.watcher(alpha, "103") as ours:
        ours.watch("701")
        stage.talk(beta.phone("101"), beta.phone("102"))
        beta.phone("102").transfer(LOT)
        stage.ears.raw("ParkedCall", Parkinglot="t3")
        assert ours.lamp("701") == "terminated"
        beta.phone("101").hang_up()
        stage.ears.raw("ParkedCallGiveUp")
        stage.ears.raw("Cdr")  # records come when a call is over, a moment later
        stage.ears.until(lambda: not stage.ears.listing("CoreShowChannels"), "over")

    told = stage.ears.all_told(TenantEvent)
    assert {one.tenant for one in told if not isinstance(one, BoxCount)} == {"t3"}
    assert stage.ears.all_told(Leg)
    records = stage.ears.all_raw("Cdr")
    assert {(one.get("TenantID"), one.get("AccountCode")) for one in records} == {("t3", "t3")}
