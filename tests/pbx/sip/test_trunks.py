"""The way outside and in: numbers as carriers want them, whose number is shown, another way when one is not there."""

import pytest
from django.utils import timezone

from extensions.models import DestinationKind, OutsideNumber
from extensions.pbx.events import Leg
from extensions.services.destinations import Target
from licensing.models import Reason
from licensing.services.entitlement import set_bought
from licensing.services.numbers import change_number
from tenants.door import inside
from tenants.models import Tenant
from tests.pbx.sip.stage import ANI, Company, Stage

pytestmark = [pytest.mark.pbx]
MOBILE = "+6591234567"
MAIN = ANI["t2"]


def to_101(company: Company) -> None:
    """Calls to the main number ring at 101."""
    with company.pages():
        target = Target(DestinationKind.EXTENSION, company.extension("101"))
    company.say(inbound__main=target)


# --- outwards ----------------------------------------------------------------------------------------------------
@pytest.mark.feature("CTL-08")
@pytest.mark.parametrize("dialled", ["91234567", "0016591234567", MOBILE])
def test_the_carrier_is_sent_the_whole_number_and_the_companys_own(stage: Stage, alpha: Company, dialled: str) -> None:
    with stage.carrier() as carrier:
        alpha.phone("101").dial(dialled).talks()
        invite = carrier.invite()
        alpha.phone("101").hang_up()
        carrier.first("BYE")

    assert (invite.number, invite.caller, invite.asserted) == (MOBILE, MAIN, MAIN)
    assert not invite.header("Privacy")
    record = stage.ears.raw("Cdr")
    assert (record.get("TenantID"), record.get("AccountCode"), record.get("Disposition")) == ("t2", "t2", "ANSWERED")
    assert stage.ears.all_told(Leg, tenant="t2", number="101", other=dialled, outside=False)
    assert stage.ears.all_told(Leg, tenant="t2", outside=True)


@pytest.mark.feature("CTL-08")
def test_a_withheld_number_is_withheld_from_whom_is_called_alone(stage: Stage, alpha: Company) -> None:
    alpha.say("101", caller_id__withheld=True)
    stage.bring()

    with stage.carrier() as carrier:
        alpha.phone("101").dial(MOBILE).talks()
        invite = carrier.invite()

    assert "anonymous" in invite.header("From").lower()
    assert "id" in invite.header("Privacy")
    assert invite.asserted == MAIN


def test_where_the_first_carrier_takes_no_calls_the_second_does(stage: Stage, alpha: Company) -> None:
    with stage.carrier(0, "503 Service Unavailable") as first, stage.carrier(1) as second:
        alpha.phone("101").dial(MOBILE).talks()

        assert first.invite().number == second.invite().number == MOBILE


def test_where_the_first_carrier_is_not_there_the_second_is(stage: Stage, alpha: Company) -> None:
    stage.look_at_trunk(0, "Unreachable")

    with stage.carrier(1) as second:
        alpha.phone("101").dial(MOBILE).talks()

        assert second.invite().number == MOBILE


def test_whoever_is_busy_is_busy_by_every_carrier(stage: Stage, alpha: Company) -> None:
    with stage.carrier(0, "486 Busy Here") as first, stage.carrier(1) as second:
        said = alpha.phone("101").dial(MOBILE).ends()

        assert first.invite().number == MOBILE
        assert second.invites == []
    assert "486" in said


# --- inwards -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("written", [MAIN, MAIN.replace("+", "00"), MAIN.replace("+", "")])
def test_a_call_from_outside_rings_where_the_page_says(stage: Stage, alpha: Company, written: str) -> None:
    to_101(alpha)
    stage.bring()

    with stage.incoming(written, "006591234567") as call:
        rung = alpha.phone("101").rings()
        alpha.phone("101").answer()
        assert call.result() == 200
        alpha.phone("101").hang_up()
        call.ended()

    assert MOBILE in rung["peeruri"]
    record = stage.ears.raw("Cdr")
    assert (record.get("TenantID"), record.get("AccountCode"), record.get("Source")) == ("t2", "t2", MOBILE)
    assert stage.ears.all_told(Leg, tenant="t2", number="101", other=MOBILE)
    assert not stage.beta.phone("101").has_met("CALL_INCOMING")


@pytest.mark.feature("EXT-09")
@pytest.mark.parametrize("written", ["+6561000001", "006561000001", "6561000001"])
def test_an_outside_number_rings_the_extension_that_it_was_assigned_to(
    stage: Stage, alpha: Company, written: str
) -> None:
    to_101(alpha)
    with inside(alpha.tenant, owner=True):
        set_bought({"license_number": 1}, reason=Reason.BOUGHT)
    with alpha.pages() as by:
        number = OutsideNumber.objects.create(e164="+6561000001", country="SG")
        change_number(extension=alpha.extension("102"), number=number, by=by, at=timezone.now())
    stage.bring()

    with stage.incoming(written, "006591234567") as call:
        rung = alpha.phone("102").rings()
        alpha.phone("102").answer()
        assert call.result() == 200
        alpha.phone("102").hang_up()
        call.ended()

    assert MOBILE in rung["peeruri"]
    assert not alpha.phone("101").has_met("CALL_INCOMING")
    assert stage.ears.all_told(Leg, tenant="t2", number="102", other=MOBILE)


def test_each_number_leads_to_its_own_company(stage: Stage, alpha: Company, beta: Company) -> None:
    to_101(alpha)
    to_101(beta)
    stage.bring()

    with stage.incoming(ANI["t3"]):
        beta.phone("101").answer()

    assert not alpha.phone("101").has_met("CALL_INCOMING")


def test_a_number_that_nobody_has_is_refused(stage: Stage, alpha: Company) -> None:
    for dialled in ("+6569999999", "6569999999", "101", "s", "anybody"):
        with stage.incoming(dialled) as call:
            assert call.result() == 404, dialled


def test_without_a_destination_the_main_number_is_refused(stage: Stage, alpha: Company) -> None:
    with stage.incoming(MAIN) as call:
        assert call.result() in (404, 480, 484)


# --- limits ------------------------------------------------------------------------------------------------------
def test_no_more_calls_outside_than_the_company_may_have(stage: Stage, alpha: Company, beta: Company) -> None:
    Tenant.objects.filter(schema_name="t2").update(max_channels=1)
    to_101(alpha)
    stage.bring()

    with stage.carrier() as carrier:
        alpha.phone("102").dial(MOBILE).talks()
        alpha.phone("103").dial(MOBILE).hears_why()
        with stage.incoming(MAIN) as call:
            assert call.result() in (480, 486, 503)
        beta.phone("101").dial(MOBILE).talks()  # another company's calls do not count

        assert [one.caller for one in carrier.invites] == [MAIN, ANI["t3"]]
    assert not alpha.phone("101").has_met("CALL_INCOMING")
