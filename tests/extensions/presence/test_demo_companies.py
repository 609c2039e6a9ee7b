"""The demonstration's companies differ, and each tells the same whenever it is built."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from extensions.models import (
    AgentStatus,
    AudioFile,
    CallException,
    CallTest,
    Extension,
    Finding,
    KeyPanel,
    OutgoingRuleSet,
    PresenceChange,
    Schedule,
    Team,
)
from extensions.schedule_selectors import company_zone
from extensions.services.check.run import run_check
from extensions.services.schedules.problems import problems_of
from extensions.snapshot.load import take_snapshot
from portal.accounts.models import User
from portal.sites.demo.telephony import schedules, status, teams
from portal.sites.demo.telephony.furnish import TOPICS
from tenants.models import Tenant

MORNING = datetime(2026, 11, 26, 4, tzinfo=UTC)  # a Thursday, 12:00 in Singapore
COMPANIES = {
    "KentonElectronics": ("Office hours", "Sales", "Training"),
    "HarbourClinic": ("Consultation hours", "Duty doctor", "With a patient"),
    "NordwindLogistik": ("Frühschicht", "Nachtdisposition", "An der Rampe"),
}


@pytest.mark.parametrize("name", COMPANIES)
def test_each_company_has_its_own_hours_teams_and_status(
    inside_alpha: Tenant, create: Callable[..., Extension], owner: User, name: str
) -> None:
    inside_alpha.name = name
    for number in range(102, 110):
        create(str(number))

    for topic in (teams, schedules, status):
        topic.furnish(by=owner, at=MORNING)

    hours, team, label = COMPANIES[name]
    assert Schedule.objects.filter(name=hours).exists()
    assert Team.objects.filter(name=team).exists()
    assert AgentStatus.objects.get(kind="custom_1").label == label
    odd = {one.code for one in problems_of(take_snapshot(at=MORNING))}
    assert odd <= {"past_holiday"}


def test_what_was_told_in_the_morning_is_told_in_the_night_too(
    inside_alpha: Tenant, create: Callable[..., Extension], owner: User
) -> None:
    for number in range(102, 112):
        create(str(number))
    zone = company_zone()

    at_noon = list(status.moments(MORNING))
    at_night = list(status.moments(MORNING + timedelta(hours=11)))
    status.furnish(by=owner, at=MORNING)

    assert at_noon == [one for one in at_night if one[0] <= MORNING]
    made = [moment.astimezone(zone) for moment in PresenceChange.objects.values_list("at", flat=True)]
    assert {moment.weekday() for moment in made} <= set(range(5))
    assert all(6 <= moment.hour <= 18 for moment in made)


@pytest.mark.parametrize(
    ("name", "rules", "sound", "keys", "caller"),
    [
        ("KentonElectronics", "Office", "Welcome", "Front desk", "The boss on the mobile"),
        ("HarbourClinic", "Practice", "Results come by post", "Consulting room", "General Hospital, any time"),
        ("NordwindLogistik", "Schuppen", "Tor gesperrt", "Leitstand", "Hafenpolizei, Tag und Nacht"),
    ],
)
def test_each_company_telephones_in_its_own_way(  # noqa: PLR0913 - a table
    inside_alpha: Tenant, create: Callable[..., Extension], owner: User, name: str, rules: str, sound: str, keys: str,
    caller: str,
) -> None:  # fmt: skip
    inside_alpha.name = name
    for number in range(102, 108):
        create(str(number))

    for topic in TOPICS:
        topic.furnish(by=owner, at=MORNING)
    run_check(at=MORNING)

    assert OutgoingRuleSet.objects.filter(name=rules).exists()
    assert AudioFile.objects.filter(name=sound).exists()
    assert KeyPanel.objects.filter(name=keys, extension=None).exists()
    assert CallException.objects.get().label == caller
    assert CallTest.objects.filter(state="passed").count() == 5
    assert not Finding.objects.filter(severity="error").exists()
