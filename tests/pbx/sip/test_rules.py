"""What the company's rules keep out, keep in, and send elsewhere (CTL-05, CTL-06, SCH-04, SCH-09)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from extensions.models import (
    BlockAction,
    BlockDirection,
    BlockMatch,
    CallClass,
    DestinationKind,
    OutgoingMatch,
    OverrideMode,
)
from extensions.services.calls.blocked import Blocking, block_caller
from extensions.services.calls.rules import RuleFacts, add_rule, create_rule_set
from extensions.services.destinations import Target
from extensions.services.schedules.edit import create_schedule
from extensions.services.schedules.overrides import end_overrides, override_schedule
from extensions.services.schedules.week import Week
from extensions.services.suspend import suspend_extension
from tests.pbx.sip.stage import ANI, Company, Stage

pytestmark = [pytest.mark.pbx]
MAIN, CALLER, ABROAD, MOBILE = ANI["t2"], "+6598765432", "+493012345678", "+6591234567"


def block(company: Company, pattern: str, direction: BlockDirection, match: BlockMatch = BlockMatch.PREFIX) -> None:
    with company.pages() as by:
        block_caller(extension=None, blocking=Blocking(match, pattern, direction, BlockAction.REJECT), by=by)


@pytest.mark.feature("CTL-05")
def test_blocked_callers_do_not_get_through_and_others_do(stage: Stage, alpha: Company) -> None:
    with alpha.pages():
        first = Target(DestinationKind.EXTENSION, alpha.extension("101"))
    alpha.say(inbound__main=first)
    block(alpha, CALLER[:6], BlockDirection.IN)
    block(alpha, "", BlockDirection.IN, BlockMatch.ANONYMOUS)
    stage.bring()

    with stage.incoming(MAIN, CALLER) as call:
        assert call.result() >= 400
    with stage.incoming(MAIN, '"Anonymous" <sip:anonymous@anonymous.invalid>', header="Privacy: id") as call:
        assert call.result() >= 400
    assert not alpha.phone("101").has_met("CALL_INCOMING")
    with stage.incoming(MAIN, MOBILE):
        alpha.phone("101").answer()


@pytest.mark.feature("CTL-05")
def test_blocked_numbers_are_not_called(stage: Stage, alpha: Company) -> None:
    block(alpha, CALLER, BlockDirection.OUT, BlockMatch.NUMBER)
    stage.bring()

    with stage.carrier() as carrier:
        alpha.phone("101").dial(CALLER).hears_why().ends()
        alpha.phone("101").forget_events()
        alpha.phone("101").dial(MOBILE).talks()

        assert [one.number for one in carrier.invites] == [MOBILE]


@pytest.mark.feature("CTL-06")
def test_only_classes_that_somebody_may_call_are_called(stage: Stage, alpha: Company) -> None:
    with alpha.pages() as by:
        rules = create_rule_set(name="World", allow_by_default=False, by=by)
        facts = RuleFacts(OutgoingMatch.CLASS, CallClass.INTERNATIONAL.value, allow=True)
        add_rule(rule_set=rules, facts=facts, by=by)
    alpha.say("102", outgoing__rules=rules)
    stage.bring()

    with stage.carrier() as carrier:
        alpha.phone("101").dial(ABROAD).hears_why()  # without rules: nothing abroad
        alpha.phone("102").dial(MOBILE).hears_why().ends()  # its rules name nothing else
        alpha.phone("102").forget_events()
        alpha.phone("102").dial(ABROAD).talks()

        assert [one.number for one in carrier.invites] == [ABROAD]


@pytest.mark.feature("SCH-04", "SCH-09")
def test_closed_hours_send_calls_where_the_page_says(stage: Stage, alpha: Company) -> None:
    with alpha.pages() as by:
        hours = create_schedule(name="Office", time_zone=None, week=Week(), by=by)
        elsewhere = Target(DestinationKind.EXTENSION, alpha.extension("104"))
        ends = timezone.now() + timedelta(hours=1)
        override_schedule(schedule=hours, mode=OverrideMode.OPEN, ends_at=ends, by=by, at=timezone.now())
    alpha.say("102", hours__schedule=hours, hours__closed_action=elsewhere)
    stage.bring()
    stage.talk(alpha.phone("101"), alpha.phone("102"))
    stage.clear_calls()

    with alpha.pages() as by:
        end_overrides(schedule=hours, by=by, at=timezone.now())
    stage.bring()

    alpha.phone("101").dial("102")
    alpha.phone("104").answer()
    assert not alpha.phone("102").has_met("CALL_INCOMING")


@pytest.mark.feature("EXT-13")
def test_a_suspended_extension_neither_calls_nor_is_called(stage: Stage, alpha: Company) -> None:
    with alpha.pages() as by:
        suspend_extension(extension=alpha.extension("102"), by=by)
    stage.bring()

    alpha.phone("101").dial("102").hears_why()
    alpha.phone("102").dial("103").hears_why()

    assert not alpha.phone("102").has_met("CALL_INCOMING")
    assert not alpha.phone("103").has_met("CALL_INCOMING")


def test_a_number_that_nobody_has_is_said_to_be_wrong(stage: Stage, alpha: Company) -> None:
    assert "404" in alpha.phone("101").dial("199").ends()


@pytest.mark.feature("CTL-02", "CTL-04")
def test_an_extension_without_a_telephone_sends_calls_on(stage: Stage, alpha: Company) -> None:
    with alpha.pages():
        colleague = Target(DestinationKind.EXTENSION, alpha.extension("104"))
    key = "forward__available__internal__unregistered"
    alpha.say("106", **{key: True, f"{key}__to": colleague})
    stage.bring()

    alpha.phone("101").dial("106")

    alpha.phone("104").answer()
