"""Two telephones talk: from dialling to the record of the call."""

import pytest

from tests.pbx.sip.sound import seconds_of
from tests.pbx.sip.stage import Company, Stage

pytestmark = [pytest.mark.pbx]


@pytest.mark.feature("MON-01")
def test_two_colleagues_hear_each_other_and_the_call_leaves_a_record(stage: Stage, alpha: Company) -> None:
    with stage.voice(alpha, "107") as caller, stage.voice(alpha, "108") as called:
        caller.dial("108")
        called.answer()
        caller.talks()
        stage.ears.until(lambda: len(stage.ears.all_raw("BridgeEnter")) == 2, "two in a bridge")
        stage.ears.until(lambda: seconds_of(caller.heard, called.hz) > 0.5, "heard by the caller")
        stage.ears.until(lambda: seconds_of(called.heard, caller.hz) > 0.5, "heard by the colleague")
        called.hang_up()

        record = stage.ears.raw("Cdr")
        caller.ends()
    bridges = {one.get("BridgeUniqueid") for one in stage.ears.all_raw("BridgeEnter")}
    assert len(bridges) == 1
    assert (record.get("TenantID"), record.get("AccountCode"), record.get("Disposition")) == ("t2", "t2", "ANSWERED")
    assert record.get("Source") == "107"
    assert f"108@{alpha.domain}" in record.get("DestinationChannel")
    assert int(record.get("BillableSeconds")) <= int(record.get("Duration"))
    assert record.get("AnswerTime") >= record.get("StartTime") > ""
