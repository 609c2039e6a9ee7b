"""What the configuration check finds, and what it leaves alone (LNT-01)."""

from collections.abc import Callable
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from extensions.models import (
    Destination,
    DestinationKind,
    Extension,
    Finding,
    Holiday,
    HolidayCalendar,
    IntervalKind,
    KeyKind,
    Mailbox,
    Phone,
    Schedule,
    SettingValue,
    Severity,
    Team,
    WeekInterval,
)
from extensions.services.calls.kept_tests import Question, keep_call_test
from extensions.services.check.run import run_check
from extensions.services.destinations import Target
from extensions.services.keys.edit import KeySaid, set_key
from extensions.services.keys.panels import panel_for
from extensions.services.schedules.edit import create_schedule
from extensions.services.schedules.week import PRESETS, Preset, Week
from extensions.services.settings import change_settings
from extensions.services.suspend import suspend_extension
from extensions.services.teams.edit import create_team
from extensions.services.teams.members import set_members
from extensions.services.voicemail.boxes import create_shared_mailbox, report_use
from extensions.settings.subjects import COMPANY, Subject
from portal.accounts.models import User
from tenants.models import Tenant
from tests.extensions.conftest import NOON

Found = Callable[[str], list[Finding]]
pytestmark = pytest.mark.feature("LNT-01")


def forward(sender: Extension | Team, to: Target, *, by: User, condition: str = "always") -> None:
    """Let calls of both origins go to `to` while available."""
    subject = Subject(team=sender) if isinstance(sender, Team) else Subject(extension=sender)
    for origin in ("internal", "external"):
        key = f"forward.available.{origin}.{condition}"
        change_settings(subject=subject, values={key: True, f"{key}.to": to}, by=by)


def with_circle(sender: Extension, to: Extension) -> None:
    """Write a forward without the service that would refuse it."""
    key = "forward.available.external.always"
    SettingValue.objects.create(level="extension", extension=sender, key=key, value=True)
    target = Destination.objects.create(kind=DestinationKind.EXTENSION.value, extension=to)
    SettingValue.objects.create(level="extension", extension=sender, key=f"{key}.to", destination=target)


def test_a_suspended_member_of_a_ring_group_is_told_with_a_link(
    found: Found, sales: Team, pair: list[Extension], owner: User
) -> None:
    suspend_extension(extension=pair[0], by=owner)

    [finding] = found("suspended_member")

    assert finding.severity == Severity.WARNING
    assert finding.name == "600 Sales"
    assert finding.text == "201 Ana is suspended and does not ring."
    assert finding.url == f"/teams/{sales.pk}/members/"


def test_a_suspended_member_of_a_team_without_a_number_is_no_problem(
    found: Found, pair: list[Extension], owner: User
) -> None:
    team = create_team(name="Quiet", by=owner)
    set_members(team=team, members=[one.pk for one in pair], by=owner)
    suspend_extension(extension=pair[0], by=owner)

    assert found("suspended_member") == found("empty_ring_group") == []


def test_a_ring_group_without_members_is_broken(found: Found, owner: User) -> None:
    team = create_team(name="Nobody", number="601", by=owner)

    [finding] = found("empty_ring_group")

    assert finding.severity == Severity.ERROR
    assert (finding.subject, finding.text) == (str(team.pk), "It has no members: nobody rings.")


def test_a_ring_group_of_suspended_members_rings_nobody_and_is_told_once(
    found: Found, sales: Team, pair: list[Extension], owner: User
) -> None:
    for one in pair:
        suspend_extension(extension=one, by=owner)

    assert [one.text for one in found("empty_ring_group")] == ["All its members are suspended: nobody rings."]
    assert found("suspended_member") == []


def test_a_circle_of_forwards_is_told_once(found: Found, pair: list[Extension], owner: User, sales: Team) -> None:
    first, second = pair
    # As an import or a change made around the forms could leave it: the service refuses circles.
    forward(first, Target(DestinationKind.EXTENSION, second), by=owner)
    with_circle(second, first)

    [finding] = found("forwarding_loop")

    assert finding.severity == Severity.ERROR
    assert finding.name == "201 Ana"
    assert "201 → 202 → 201" in finding.text
    assert finding.url == "/extensions/201/calls/"


def test_forwards_that_end_somewhere_are_no_circle(found: Found, pair: list[Extension], owner: User) -> None:
    forward(pair[0], Target(DestinationKind.EXTENSION, pair[1]), by=owner)

    assert found("forwarding_loop") == []


def test_a_schedule_without_hours_is_broken(found: Found, owner: User) -> None:
    schedule = create_schedule(name="Never", time_zone=None, week=Week(), by=owner)

    [finding] = found("empty_schedule")

    assert (finding.severity, finding.name) == (Severity.ERROR, "Never")
    assert finding.url == f"/schedules/{schedule.pk}/edit/"


def test_hours_that_overlap_are_told_once_for_each_schedule(found: Found, owner: User) -> None:
    schedule = create_schedule(name="Odd", time_zone=None, week=PRESETS[Preset.OFFICE], by=owner)
    for weekday in (0, 1):
        WeekInterval.objects.create(schedule=schedule, kind=IntervalKind.OPEN, weekday=weekday, starts=600, ends=660)

    [finding] = found("overlapping_hours")

    assert finding.severity == Severity.WARNING
    assert "Monday" in finding.text
    assert "Tuesday" in finding.text


def test_a_one_off_holiday_that_is_over_is_a_hint_told_once(found: Found, owner: User) -> None:
    calendar = HolidayCalendar.objects.create(name="Days", is_global=True)
    for name in ("Office", "Shop"):
        create_schedule(name=name, time_zone=None, week=PRESETS[Preset.OFFICE], by=owner)
    Holiday.objects.create(calendar=calendar, name="Moving day", kind="date", first_day=date(2026, 3, 2))
    Holiday.objects.create(calendar=calendar, name="New year", kind="date", first_day=date(2026, 1, 1), recurring=True)

    [finding] = found("past_holiday")

    assert finding.severity == Severity.HINT
    assert "Moving day" in finding.text


def test_voicemail_without_a_pin_is_told_apart_by_whether_one_could_be_mailed(
    found: Found, create: Callable[..., Extension], inside_alpha: Tenant, owner: User
) -> None:
    create("301", email="ana@alpha.example")
    create("302")
    create("303")
    off = create("304", email="ben@alpha.example")
    Mailbox.objects.update_or_create(extension=Extension.objects.get(number="303"), defaults={"pin": "739146"})
    change_settings(subject=Subject(extension=off), values={"voicemail.enabled": False}, by=owner)

    with_address = {one.name[:3] for one in found("voicemail_without_pin")}
    without = {one.name[:3] for one in Finding.objects.filter(code="voicemail_without_address")}

    assert "301" in with_address
    assert "302" in without
    assert not {"303", "304"} & (with_address | without)


def test_an_administrator_with_a_password_only_is_told_until_a_second_step_is_set_up(
    found: Found, owner: User, agent: User
) -> None:
    before = found("no_second_step")
    Authenticator.objects.create(user=owner, type=Authenticator.Type.TOTP, data={})

    assert [one.name for one in before] == [str(owner)]
    assert before[0].url == f"/users/{owner.pk}/"
    assert found("no_second_step") == []


def test_recovery_codes_alone_are_no_second_step(found: Found, owner: User) -> None:
    Authenticator.objects.create(user=owner, type=Authenticator.Type.RECOVERY_CODES, data={})

    assert [one.name for one in found("no_second_step")] == [str(owner)]


def test_an_extension_without_a_telephone_is_a_hint(found: Found, pair: list[Extension], owner: User) -> None:
    Phone.objects.create(mac="001122334455", model="generic", extension=pair[0], created_at=timezone.now())
    suspend_extension(extension=Extension.objects.get(number="101"), by=owner)

    [finding] = found("no_telephone")

    assert (finding.severity, finding.name) == (Severity.HINT, "202 Ben")


def test_a_call_test_that_fails_is_broken(found: Found, pair: list[Extension], owner: User) -> None:
    test = keep_call_test(name="Ana is reached", question=Question("+441234567890", "201", NOON), by=owner, at=NOON)
    before = found("call_test_failed")
    suspend_extension(extension=pair[0], by=owner)

    [finding] = found("call_test_failed")

    assert before == []
    assert (finding.severity, finding.name) == (Severity.ERROR, "Ana is reached")
    assert "201 Ana is suspended" in finding.text
    assert finding.url == f"/call-flow/tests/{test.pk}/"


def test_a_key_that_watches_somebody_hidden_is_a_hint(found: Found, pair: list[Extension], owner: User) -> None:
    set_key(panel=panel_for(pair[0]), position=1, said=KeySaid(KeyKind.PRESENCE, "202"), by=owner)
    before = found("hidden_key")
    change_settings(subject=COMPANY, values={"monitoring.visibility": "hidden"}, by=owner)

    [finding] = found("hidden_key")

    assert before == []
    assert finding.severity == Severity.HINT
    assert finding.name == "201 Ana"
    assert "Key 2 watches 202 Ben" in finding.text
    assert finding.url == "/extensions/201/keys/"


@pytest.mark.feature("EXT-16")
def test_a_place_for_emergency_calls_is_missed_only_where_the_country_demands_one(
    found: Found, pair: list[Extension], inside_alpha: Tenant, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inside_alpha, "country", "XX")
    elsewhere = found("emergency_place")
    monkeypatch.setattr(inside_alpha, "country", "GB")
    for_all = found("emergency_place")
    change_settings(subject=COMPANY, values={"emergency.place": "1 High Street, London"}, by=owner)
    change_settings(subject=Subject(extension=pair[0]), values={"emergency.place": ""}, by=owner)

    [for_one] = found("emergency_place")

    assert elsewhere == []
    assert [(one.name, one.url) for one in for_all] == [("Company", "/call-controls/caller-id/")]
    assert (for_one.name, for_one.url) == ("201 Ana", "/extensions/201/emergency/")


def test_each_run_writes_everything_anew(found: Found, owner: User, sales: Team, pair: list[Extension]) -> None:
    suspend_extension(extension=pair[0], by=owner)
    first = found("suspended_member")
    set_members(team=sales, members=[pair[1].pk], by=owner)

    assert len(first) == 1
    assert found("suspended_member") == []


def test_a_problem_that_stays_is_told_once_after_two_runs(inside_alpha: Tenant) -> None:
    assert run_check(at=NOON) == run_check(at=NOON) == Finding.objects.count()


def test_an_empty_schedule_list_and_no_teams_are_no_problem(found: Found) -> None:
    assert not Schedule.objects.exists()

    assert found("empty_schedule") == found("dead_end") == found("forwarding_loop") == []


@pytest.mark.feature("VM-06")
def test_a_full_voicemail_box_is_found_until_there_is_room(found: Found, owner: User) -> None:
    box = create_shared_mailbox(number="590", name="Orders", email="", by=owner)
    report_use(mailbox=box, seconds=3600, messages=40, at=NOON)
    full = [one.name for one in found("voicemail_full")]
    report_use(mailbox=box, seconds=3599, messages=39, at=NOON)

    assert full == ["590 Orders"]
    assert list(found("voicemail_full")) == []
