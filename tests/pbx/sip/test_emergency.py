"""Help can always be called, is told where to call back, and the company learns of it (EXT-16, PHONE-SYSTEM 7)."""

import pytest

from extensions.models import BlockAction, BlockDirection, BlockMatch
from extensions.pbx.events import PhoneFeature
from extensions.pbx.phone_features import take_phone_feature
from extensions.services.calls.blocked import Blocking, block_caller
from extensions.services.calls.rules import create_rule_set
from extensions.services.schedules.edit import create_schedule
from extensions.services.schedules.week import Week
from extensions.services.suspend import suspend_extension
from portal.audit.models import LogEntry
from tenants.door import inside
from tenants.models import Tenant
from tests.pbx.sip.stage import ANI, Company, Stage

pytestmark = [pytest.mark.pbx]
MAIN = ANI["t2"]
FOR_HELP = 1  # the second trunk takes emergency calls first


@pytest.mark.feature("EXT-16")
@pytest.mark.parametrize("dialled", ["112", "112#", "995"])
def test_help_sees_a_number_to_call_back(stage: Stage, alpha: Company, dialled: str) -> None:
    alpha.say("101", emergency__number=MAIN, caller_id__withheld=True)
    stage.bring()

    with stage.carrier(FOR_HELP) as carrier:
        alpha.phone("101").dial(dialled).talks()
        invite = carrier.invite()

    assert (invite.number, invite.caller, invite.asserted) == (dialled.strip("#"), MAIN, MAIN)
    assert not invite.header("Privacy")


@pytest.mark.feature("EXT-16", "CTL-06")
def test_nothing_stands_between_somebody_and_help(stage: Stage, alpha: Company) -> None:
    """Suspended, nothing allowed, blocked, closed, not to be disturbed, and as many calls as there may be."""
    with alpha.pages() as by:
        nothing = create_rule_set(name="Nothing", allow_by_default=False, by=by)
        closed = create_schedule(name="Never", time_zone=None, week=Week(), by=by)
        block = Blocking(BlockMatch.PREFIX, "1", BlockDirection.BOTH, BlockAction.REJECT)
        block_caller(extension=None, blocking=block, by=by)
        suspend_extension(extension=alpha.extension("102"), by=by)
    alpha.say(outgoing__rules=nothing, outgoing__hours=closed, hours__schedule=closed)
    Tenant.objects.filter(schema_name="t2").update(max_channels=1)
    stage.bring()

    with stage.carrier(FOR_HELP) as carrier:
        alpha.phone("101").dial("112").talks()
        alpha.phone("102").dial("112").talks()

        assert [(one.number, one.caller) for one in carrier.invites] == [("112", MAIN)] * 2


@pytest.mark.feature("EXT-16")
def test_another_way_is_tried_until_help_answers(stage: Stage, alpha: Company) -> None:
    with stage.carrier(FOR_HELP, "403 Forbidden") as first, stage.carrier(0) as second:
        alpha.phone("101").dial("112").talks()

        assert (first.invite().number, second.invite().number) == ("112", "112")


@pytest.mark.feature("EXT-16")
def test_a_carrier_that_seemed_to_be_away_is_tried_all_the_same(stage: Stage, alpha: Company) -> None:
    for place in (0, 1):
        stage.look_at_trunk(place, "Unreachable")

    with stage.unseen_carrier() as carrier:
        alpha.phone("101").dial("112").talks()

        assert carrier.invite().number == "112"


@pytest.mark.feature("EXT-16")
def test_the_company_is_told_who_called_for_help_and_from_where(stage: Stage, alpha: Company, mailoutbox: list) -> None:
    alpha.say("101", emergency__place="2nd floor, Robinson Road")
    stage.bring()
    with stage.carrier(FOR_HELP):
        alpha.phone("101").dial("112").talks()
        heard = stage.ears.told(PhoneFeature, tenant="t2", feature="emergency")

    with inside(alpha.tenant):
        take_phone_feature(
            extension_id=heard.extension, feature=heard.feature, argument=heard.argument, at=heard.at
        )  # fmt: skip
        entry = LogEntry.objects.latest("pk")

    assert (heard.extension, heard.argument) == (alpha.extension("101").pk, "112")
    assert "2nd floor" in str(entry.additional_data) + str(entry.changes)
    assert [mail.to for mail in mailoutbox] == [[alpha.owner.email]]
    assert "2nd floor" in mailoutbox[0].body
