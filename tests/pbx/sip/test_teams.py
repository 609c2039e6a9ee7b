"""Teams: who is rung, in which order, who rests, and what is seen of it (TEAM-03, PRS-06)."""

import pytest
from django.utils import timezone

from extensions.models import RingStrategy, StatusKind, StatusSource
from extensions.pbx.events import Member, MemberGone, PhoneFeature
from extensions.services.presence import Wish, set_status
from extensions.services.teams.edit import edit_team
from extensions.services.teams.members import set_members
from tests.pbx.sip.stage import TEAM, Company, Stage

pytestmark = [pytest.mark.pbx]
LOGIN = "*451"


def ring(company: Company, strategy: RingStrategy) -> None:
    """The team's page says how it rings."""
    team = company.team()
    with company.pages() as by:
        edit_team(
            team=team, name=team.name, description="", number=TEAM, strategy=strategy, ring_seconds=5, no_answer=None,
            by=by,
        )  # fmt: skip


@pytest.mark.feature("TEAM-03")
def test_all_telephones_ring_and_the_first_that_answers_has_the_call(stage: Stage, alpha: Company) -> None:
    alpha.phone("101").dial(TEAM)
    alpha.phone("102").rings()
    alpha.phone("103").answer()

    alpha.phone("102").ends()
    alpha.phone("101").talks()
    assert not alpha.phone("104").has_met("CALL_INCOMING")


@pytest.mark.feature("TEAM-03")
def test_one_after_the_other_rings_in_the_order_of_the_page(stage: Stage, alpha: Company) -> None:
    ring(alpha, RingStrategy.LINEAR)
    stage.bring()

    alpha.phone("101").dial(TEAM)
    alpha.phone("102").rings()
    assert not alpha.phone("103").has_met("CALL_INCOMING")
    alpha.phone("102").decline()

    alpha.phone("103").answer()
    alpha.phone("101").talks()


@pytest.mark.feature("TEAM-03")
def test_a_round_begins_with_somebody_else_each_time(stage: Stage, alpha: Company) -> None:
    ring(alpha, RingStrategy.ROUND_ROBIN)
    stage.bring()
    first = []

    for _turn in range(2):
        alpha.phone("101").dial(TEAM)
        rung = stage.ears.until(lambda: ringing(alpha), "somebody rings")
        assert len(rung) == 1
        alpha.phone(rung[0]).answer()
        first += rung
        stage.clear_calls()

    assert sorted(first) == ["102", "103"]


def ringing(company: Company) -> list[str]:
    return [number for number, phone in company.phones.items() if phone.has_met("CALL_INCOMING")]


@pytest.mark.feature("PRS-06")
def test_whoever_is_logged_out_is_not_rung_and_the_reason_is_seen(stage: Stage, alpha: Company) -> None:
    one = alpha.extension("102")
    with alpha.pages() as by:
        wish = Wish(StatusKind.LOGGED_OUT)
        set_status(extension=one, wish=wish, source=StatusSource.MANAGER, by=by, at=timezone.now())
    stage.bring_flags()

    paused = stage.ears.told(Member, tenant="t2", team=alpha.team().pk, extension=one.pk, paused=True)
    alpha.phone("101").dial(TEAM)
    alpha.phone("103").answer()

    assert paused.reason == "logged_out"
    alpha.phone("101").talks()
    assert not alpha.phone("102").has_met("CALL_INCOMING")


@pytest.mark.feature("PRS-06")
def test_a_code_logs_somebody_out_of_a_team_and_in_again(stage: Stage, alpha: Company) -> None:
    one, team = alpha.extension("102"), alpha.team()

    alpha.phone("102").dial(f"{LOGIN}{TEAM}").ends()
    stage.ears.told(Member, tenant="t2", team=team.pk, extension=one.pk, paused=True, reason="logged_out")
    stage.ears.told(PhoneFeature, feature="team_login", extension=one.pk, argument=f"out-{team.pk}")
    stage.bring_flags()  # the portal does not undo it
    alpha.phone("101").dial(TEAM)
    alpha.phone("103").answer()
    assert not alpha.phone("102").has_met("CALL_INCOMING")
    alpha.phone("101").hang_up().ends()

    alpha.phone("102").forget_events()
    alpha.phone("102").dial(f"{LOGIN}{TEAM}").ends()
    stage.ears.told(PhoneFeature, feature="team_login", extension=one.pk, argument=f"in-{team.pk}")
    alpha.phone("101").dial(TEAM)
    alpha.phone("102").answer()


@pytest.mark.feature("PRS-06")
def test_who_comes_goes_is_called_and_talks_is_told_of_each_member(stage: Stage, alpha: Company) -> None:
    team, gone, came = alpha.team(), alpha.extension("102"), alpha.extension("104")
    with alpha.pages() as by:
        set_members(team=team, members=[came.pk], by=by)
    stage.bring()
    stage.ears.told(Member, tenant="t2", team=team.pk, extension=came.pk)
    stage.ears.told(MemberGone, tenant="t2", team=team.pk, extension=gone.pk)

    alpha.phone("101").dial(TEAM)
    alpha.phone("104").rings()
    stage.ears.raw("AgentCalled", Queue=f"t2-g{team.pk}")
    alpha.phone("104").decline()
    stage.ears.raw("AgentRingNoAnswer", Queue=f"t2-g{team.pk}")
    stage.clear_calls()
    alpha.phone("101").dial(TEAM)
    alpha.phone("104").answer()
    stage.ears.told(Member, team=team.pk, extension=came.pk, in_call=True)
    alpha.phone("101").talks().hang_up()
    stage.ears.raw("AgentComplete", Queue=f"t2-g{team.pk}")

    stage.ears.until(lambda: stage.ears.all_told(Member, extension=came.pk)[-1].in_call is False, "free again")


def test_nobody_who_can_be_rung_is_no_reason_to_wait(stage: Stage, alpha: Company) -> None:
    with alpha.pages() as by:
        for number in ("102", "103"):
            wish = Wish(StatusKind.DND)
            one = alpha.extension(number)
            set_status(extension=one, wish=wish, source=StatusSource.MANAGER, by=by, at=timezone.now())
    stage.bring_flags()

    alpha.phone("101").dial(TEAM).ends()

    assert not alpha.phone("102").has_met("CALL_INCOMING")
    assert not stage.ears.all_raw("QueueCallerJoin")
