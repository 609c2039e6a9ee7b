"""Calls that are made from a page (PHONE-SYSTEM 6: click-to-call)."""

import asyncio

import pytest

from extensions.models import BlockAction, BlockDirection, BlockMatch
from extensions.services.calls.blocked import Blocking, block_caller
from tests.pbx.sip.sound import seconds_of
from tests.pbx.sip.stage import Company, Stage

pytestmark = [pytest.mark.pbx]
OUTSIDE = "+6598765432"


def click(stage: Stage, company: Company, own: str, number: str) -> None:
    """What the portal's task does."""
    asyncio.run(stage.driver.dial(company.slug, f"{own}@{company.domain}", number))


def test_the_own_telephone_rings_first_and_then_the_colleague_who_sees_who_calls(
    stage: Stage, alpha: Company, beta: Company
) -> None:
    with stage.voice(alpha, "107") as own, stage.voice(alpha, "108") as other:
        click(stage, alpha, "107", "108")
        rung = own.rings()
        assert not other.has_met("CALL_INCOMING")
        own.answer()
        called = other.rings()
        other.answer()

        own.talks()
        stage.ears.until(lambda: seconds_of(own.heard, other.hz) > 0.5, "heard by the caller")
        stage.ears.until(lambda: seconds_of(other.heard, own.hz) > 0.5, "heard by the colleague")
        other.hang_up()
        own.ends()
    assert "108" in str(rung["peeruri"])
    assert "sip:107@" in str(called["peeruri"])
    assert not any(phone.has_met("CALL_INCOMING") for phone in beta.phones.values())


def test_nobody_else_rings_where_the_own_telephone_is_not_lifted(stage: Stage, alpha: Company) -> None:
    click(stage, alpha, "101", "102")
    alpha.phone("101").rings()
    alpha.phone("101").decline()

    stage.ears.until(lambda: not stage.ears.listing("CoreShowChannels"), "no call is left")
    assert not alpha.phone("102").has_met("CALL_INCOMING")


@pytest.mark.feature("CTL-05")
def test_what_may_not_be_called_is_not_called_from_a_page_either(stage: Stage, alpha: Company) -> None:
    with alpha.pages() as by:
        blocking = Blocking(BlockMatch.NUMBER, OUTSIDE, BlockDirection.OUT, BlockAction.REJECT)
        block_caller(extension=None, blocking=blocking, by=by)
    stage.bring()

    with stage.carrier() as carrier:
        click(stage, alpha, "101", OUTSIDE)
        alpha.phone("101").answer()
        alpha.phone("101").ends()
        assert not carrier.invites
