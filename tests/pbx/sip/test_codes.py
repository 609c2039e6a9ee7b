"""Codes that people dial: at once in force on the PBX, and known to the portal (PRS-03, PRS-06, TPL-02, CTL-02)."""

import time
from collections.abc import Iterator

import pytest
from django.utils import timezone

from extensions.models import AgentStatus, DestinationKind, ScheduleOverride, StatusKind, StatusSource
from extensions.pbx.events import PhoneFeature
from extensions.pbx.phone_features import take_phone_feature
from extensions.services.destinations import Target
from extensions.services.schedules.edit import create_schedule
from extensions.services.schedules.week import Week, daily
from tenants.door import inside
from tests.pbx.sip.sound import seconds_of
from tests.pbx.sip.stage import TEAM, Company, Stage

pytestmark = [pytest.mark.pbx]
DND_ON, DND_OFF, FORWARD_ON, FORWARD_OFF, NIGHT = "*78", "*79", "*72", "*73", "*281"
STATUS, PICKUP, DIRECTED, INTERCOM, ECHO = "*761", "*8", "**", "*801", "*431"


def use(stage: Stage, company: Company, number: str, code: str, feature: str) -> PhoneFeature:
    """Dial a code and let the portal do what it heard, as its task does; what it heard."""
    company.phone(number).dial(code).ends()
    heard = stage.ears.told(PhoneFeature, tenant=company.slug, feature=feature)
    with inside(company.tenant):
        take_phone_feature(
            extension_id=heard.extension, feature=heard.feature, argument=heard.argument, at=heard.at
        )  # fmt: skip
    return heard


# --- status ------------------------------------------------------------------------------------------------------
@pytest.mark.feature("PRS-03", "PRS-06", "BLF-03", "CTL-03")
def test_do_not_disturb_by_code_lights_the_lamp_and_is_on_the_page(stage: Stage, alpha: Company) -> None:
    one = alpha.extension("102")
    with stage.watcher(alpha, "103") as keys:
        keys.watch("102")
        heard = use(stage, alpha, "102", DND_ON, "status")
        keys.shows("102", "confirmed")
        with inside(alpha.tenant):
            presence = alpha.extension("102").presence
            assert (presence.status.kind, presence.source) == (StatusKind.DND, StatusSource.KEY)
        stage.bring_flags()  # changes nothing: both say the same
        assert keys.lamp("102") == "confirmed"

        alpha.say(voicemail__enabled=False)
        stage.bring()
        assert "486" in alpha.phone("101").dial("102").ends()
        assert not alpha.phone("102").has_met("CALL_INCOMING")
        stage.talk(alpha.phone("102"), alpha.phone("104"))  # it may call
        stage.clear_calls()

        use(stage, alpha, "102", DND_OFF, "status")
        keys.shows("102", "terminated")
    assert (heard.extension, heard.argument) == (one.pk, "dnd")
    stage.talk(alpha.phone("101"), alpha.phone("102"))


@pytest.mark.feature("PRS-06")
def test_a_status_by_its_place_in_the_list_takes_somebody_out_of_the_team(stage: Stage, alpha: Company) -> None:
    with inside(alpha.tenant):
        places = [row.kind for row in _statuses_in_use()]
    place = places.index(StatusKind.LOGGED_OUT) + 1

    heard = use(stage, alpha, "102", f"{STATUS}{place}", "status")
    alpha.phone("101").dial(TEAM)
    alpha.phone("103").answer()

    assert heard.argument == "logged_out"
    assert not alpha.phone("102").has_met("CALL_INCOMING")


def _statuses_in_use() -> list[object]:
    return list(AgentStatus.objects.filter(enabled=True).order_by("position", "pk"))


# --- forwards and hours ------------------------------------------------------------------------------------------
@pytest.mark.feature("CTL-02")
def test_a_forward_by_code_is_a_setting_and_in_force(stage: Stage, alpha: Company) -> None:
    use(stage, alpha, "102", f"{FORWARD_ON}104", "forward_on")
    stage.bring()

    alpha.phone("101").dial("102")
    alpha.phone("104").answer()
    assert not alpha.phone("102").has_met("CALL_INCOMING")
    stage.clear_calls()

    use(stage, alpha, "102", FORWARD_OFF, "forward_off")
    stage.bring()
    stage.talk(alpha.phone("101"), alpha.phone("102"))


@pytest.mark.feature("CTL-02")
def test_a_forward_to_outside_goes_over_the_trunk(stage: Stage, alpha: Company) -> None:
    use(stage, alpha, "102", f"{FORWARD_ON}91234567", "forward_on")
    stage.bring()

    with stage.carrier() as carrier:
        alpha.phone("101").dial("102").talks()
        assert carrier.invite().number == "+6591234567"


@pytest.mark.feature("SCH-09")
def test_night_mode_closes_the_company_and_opens_it_again(stage: Stage, alpha: Company) -> None:
    with alpha.pages() as by:
        week = Week(daily(range(7), 0, 24 * 60))
        hours = create_schedule(name="Always", time_zone=None, week=week, by=by)
        elsewhere = Target(DestinationKind.EXTENSION, alpha.extension("104"))
    alpha.say(hours__schedule=hours, hours__closed_action=elsewhere)
    stage.bring()

    use(stage, alpha, "103", NIGHT, "night_mode")
    stage.bring()
    alpha.phone("101").dial("102")
    alpha.phone("104").answer()
    assert not alpha.phone("102").has_met("CALL_INCOMING")
    with inside(alpha.tenant):
        assert ScheduleOverride.objects.get(schedule=hours, ends_at__gt=timezone.now()).mode == "closed"
    stage.clear_calls()

    use(stage, alpha, "103", NIGHT, "night_mode")
    stage.bring()
    stage.talk(alpha.phone("101"), alpha.phone("102"))


@pytest.fixture
def portal_away(stage: Stage) -> Iterator[None]:
    """The portal has not been heard of for a minute."""
    stage.ears.close_portal()
    stage.ears.action("Setvar", Variable="TL_PORTAL", Value=str(int(time.time()) - 60))
    yield
    stage.ears.open_portal()


@pytest.mark.feature("TPL-02")
@pytest.mark.usefixtures("portal_away")
def test_what_only_the_portal_can_do_is_refused_while_it_is_away(stage: Stage, alpha: Company) -> None:
    alpha.phone("102").dial(f"{FORWARD_ON}104").talks()
    alpha.phone("102").met("CALL_CLOSED")

    assert not stage.ears.all_raw("UserEvent", UserEvent="PortalFeature")


# --- other people's calls ----------------------------------------------------------------------------------------
@pytest.mark.feature("TPL-02")
def test_somebody_takes_a_colleagues_call(stage: Stage, alpha: Company, beta: Company) -> None:
    alpha.phone("101").dial("102")
    alpha.phone("102").rings()
    beta.phone("101").dial(f"{DIRECTED}102").hears_why()  # another company's 102 is none of theirs

    alpha.phone("104").dial(f"{DIRECTED}102").talks()

    alpha.phone("101").talks()
    alpha.phone("102").ends()


@pytest.mark.feature("TPL-02")
def test_a_team_takes_a_call_of_its_own(stage: Stage, alpha: Company, beta: Company) -> None:
    alpha.phone("101").dial("102")
    alpha.phone("102").rings()
    alpha.phone("104").dial(PICKUP).hears_why()  # is in no team
    beta.phone("102").dial(PICKUP).hears_why()
    assert not alpha.phone("101").has_met("CALL_ESTABLISHED")

    alpha.phone("103").dial(PICKUP).talks()

    alpha.phone("101").talks()
    alpha.phone("102").ends()


@pytest.mark.feature("TPL-02")
def test_an_echo_comes_back(stage: Stage, alpha: Company) -> None:
    with stage.voice(alpha, "107") as phone:
        phone.dial(ECHO).talks()

        stage.ears.until(lambda: seconds_of(phone.heard, phone.hz) > 0.3, "an echo")


@pytest.mark.feature("TPL-02")
def test_a_loudspeaker_is_asked_to_answer_by_itself(stage: Stage, alpha: Company) -> None:
    with stage.watcher(alpha, "105") as telephone:
        telephone.register()
        alpha.phone("101").dial(f"{INTERCOM}105")
        invite = telephone.invited()

    assert "info=alert-autoanswer" in invite
