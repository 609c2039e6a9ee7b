"""Which hours hold for company, team and extension, and what the two global switches lock."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from extensions.models import DestinationKind, Extension, Level, Mailbox, Schedule, SettingValue, Team
from extensions.services.destinations import Target
from extensions.services.schedules.edit import create_schedule, week_of
from extensions.services.schedules.own_hours import give_own_hours
from extensions.services.schedules.week import PRESETS, Preset
from extensions.services.settings import SettingLocked, change_settings
from extensions.settings.catalogue.hours import (
    ACTION_KINDS,
    BREAK_ACTION,
    BREAKS,
    CLOSED_ACTION,
    EXEMPT,
    HOLIDAY_ACTION,
    HOURS,
)
from extensions.settings.registry import setting
from extensions.settings.subjects import COMPANY, Subject
from extensions.snapshot.load import take_snapshot
from portal.accounts.models import User
from portal.accounts.services.custom_roles import create_role
from portal.permissions import Perm
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import NOON, reads
from tests.extensions.schedules.test_schedule_pages import address

HANGUP = Target(DestinationKind.HANGUP)


def facts(**values: str) -> dict[str, str]:
    """A posted form in which nothing is chosen, with these values."""
    nothing = dict.fromkeys([HOURS, BREAKS], "")
    for key in (CLOSED_ACTION, BREAK_ACTION, HOLIDAY_ACTION):
        nothing |= {f"{key}_0": "", f"{key}_1": ""}
    return nothing | values


def desk() -> Extension:
    return Extension.objects.select_related("home_team").get(number="101")


@pytest.mark.parametrize(
    ("name", "who", "status"),
    [
        ("hours", "owner", 200),
        ("hours", "manager", 403),
        ("hours", "agent", 403),
        ("extension_schedule", "owner", 200),
        ("extension_schedule", "manager", 404),
        ("extension_schedule", "agent", 403),
        ("team_schedule", "owner", 200),
        ("team_schedule", "agent", 403),
    ],
)
def test_who_may_open_which_page(
    request: pytest.FixtureRequest, browser_of: Callable[..., Client], alpha: Tenant, name: str, who: str, status: int
) -> None:
    with inside(alpha):
        team = Team.objects.create(name="Support")
    arguments = {"hours": [], "extension_schedule": ["101"], "team_schedule": [team.pk]}[name]

    answer = browser_of(request.getfixturevalue(who), alpha).get(address(name, *arguments))

    assert answer.status_code == status


@pytest.mark.feature("SCH-04")
def test_actions_are_chosen_from_these_kinds() -> None:
    offered = [key for key, _label in setting(CLOSED_ACTION).field().fields[0].choices if key]

    assert offered == [kind.value for kind in ACTION_KINDS]
    assert set(offered) == {"voicemail", "mailbox", "extension", "team", "number", "announcement", "hangup"}
    assert [setting(key).field().fields[0].choices for key in (BREAK_ACTION, HOLIDAY_ACTION)] == [
        setting(CLOSED_ACTION).field().fields[0].choices
    ] * 2


TYPED = [
    ("voicemail", "", "Voicemail of the extension that was called"),
    ("extension", "101", "Extension: 101 Front desk"),
    ("number", "+65 9123 4567", "Outside number: +6591234567"),
    ("hangup", "", "Hang up"),
    ("mailbox", "900", "Shared voicemail box: 900"),
]


@pytest.mark.feature("SCH-04")
@pytest.mark.parametrize(("kind", "which", "kept"), TYPED)
def test_each_kind_is_saved_for_closed_hours_and_breaks(
    owner_browser: Client, alpha: Tenant, inside_alpha: Tenant, kind: str, which: str, kept: str
) -> None:
    Mailbox.objects.create(number="900", name="Everybody", pin="123456")
    chosen = {f"{key}_{n}": value for key in (CLOSED_ACTION, BREAK_ACTION) for n, value in ((0, kind), (1, which))}

    answer = owner_browser.post(address("extension_schedule", "101"), facts(**chosen))

    assert answer.status_code == 302
    with inside(alpha):
        rows = SettingValue.objects.filter(extension__number="101", key__in=[CLOSED_ACTION, BREAK_ACTION])
        assert [str(row.destination).startswith(kept) for row in rows] == [True, True]


@pytest.mark.feature("SCH-04")
def test_a_kind_that_is_not_offered_is_refused(owner_browser: Client, inside_alpha: Tenant) -> None:
    typed = facts(**{f"{CLOSED_ACTION}_0": "conference", f"{CLOSED_ACTION}_1": "800"})

    answer = owner_browser.post(address("extension_schedule", "101"), typed)

    assert answer.status_code == 422
    assert CLOSED_ACTION in answer.context["form"].errors


# --- the switches -------------------------------------------------------------------------------------------------
SWITCHES = [(HOURS, CLOSED_ACTION, "Global office hours"), (BREAKS, BREAK_ACTION, "Global break hours")]


@pytest.mark.feature("SCH-02", "SCH-03")
@pytest.mark.parametrize(("main", "action", "label"), SWITCHES)
def test_a_global_switch_locks_the_hours_and_their_action_of_everybody(
    owner_browser: Client, alpha: Tenant, office: Schedule, owner: User, main: str, action: str, label: str
) -> None:
    own = create_schedule(name="Own", time_zone=None, week=PRESETS[Preset.RETAIL], by=owner)
    change_settings(subject=Subject(extension=desk()), values={main: own, action: HANGUP}, by=owner)
    page = owner_browser.get(address("hours")).content.decode()

    owner_browser.post(address("hours"), facts(**{main: str(office.pk), f"lock:{main}": "on"}))
    locked = owner_browser.get(address("extension_schedule", "101"))
    owner_browser.post(address("extension_schedule", "101"), facts(**{main: str(own.pk), f"{action}_0": "voicemail"}))

    assert label in page
    assert f"{label} are on" in locked.content.decode()
    assert all(locked.context["form"].fields[key].disabled for key in (main, action))
    with inside(alpha):
        held = take_snapshot(at=NOON).by_number("101")
        assert held is not None
        assert (held.value(main), held.value(action)) == (office.pk, None)
        with pytest.raises(SettingLocked):
            change_settings(subject=Subject(extension=desk()), values={action: HANGUP}, by=owner)


@pytest.mark.feature("SCH-02", "SCH-03")
@pytest.mark.parametrize(("main", "action", "label"), SWITCHES)
def test_switched_off_the_own_values_count_again_and_can_be_changed(
    owner_browser: Client, alpha: Tenant, office: Schedule, owner: User, main: str, action: str, label: str
) -> None:
    own = create_schedule(name="Own", time_zone=None, week=PRESETS[Preset.RETAIL], by=owner)
    change_settings(subject=Subject(extension=desk()), values={main: own}, by=owner)
    chosen = {main: str(office.pk)}
    owner_browser.post(address("hours"), facts(**chosen, **{f"lock:{main}": "on"}))

    owner_browser.post(address("hours"), facts(**chosen))

    with inside(alpha):
        held = take_snapshot(at=NOON).by_number("101")
        assert held is not None
        assert held.value(main) == own.pk
        assert not SettingValue.objects.filter(locked=True).exists()
        change_settings(subject=Subject(extension=desk()), values={action: HANGUP}, by=owner)


@pytest.mark.feature("SCH-02")
def test_global_office_hours_without_hours_are_refused(owner_browser: Client, alpha: Tenant) -> None:
    answer = owner_browser.post(address("hours"), facts(**{f"lock:{HOURS}": "on"}))

    assert answer.status_code == 422
    assert answer.context["form"].errors[HOURS] == ["Choose the hours that count for everybody first."]


@pytest.mark.feature("SCH-03")
def test_global_break_hours_of_no_schedule_are_those_of_the_hours_that_hold(
    owner_browser: Client, alpha: Tenant, office: Schedule, owner: User
) -> None:
    own = create_schedule(name="Own", time_zone=None, week=PRESETS[Preset.RETAIL], by=owner)
    change_settings(subject=Subject(extension=desk()), values={HOURS: own, BREAKS: office}, by=owner)

    saved = owner_browser.post(address("hours"), facts(**{HOURS: str(office.pk), f"lock:{BREAKS}": "on"}))

    assert saved.status_code == 302
    company = owner_browser.get(address("hours")).context["breaks_words"]
    assert company.startswith(f"Breaks: those of the office hours “{office.name}”. Nobody can choose other breaks")
    locked = owner_browser.get(address("extension_schedule", "101"))
    assert locked.context["breaks_words"].startswith("Breaks: those of the office hours “Own”. Nobody can choose")
    assert "breaks of the office hours count" in locked.content.decode()
    assert locked.context["form"].fields[BREAKS].disabled
    with inside(alpha):
        held = take_snapshot(at=NOON).by_number("101")
        assert held is not None
        assert (held.value(HOURS), held.value(BREAKS)) == (own.pk, None)


@pytest.mark.feature("SCH-03")
def test_the_breaks_that_count_are_said_in_words(owner_browser: Client, alpha: Tenant, office: Schedule) -> None:
    def said(**chosen: str) -> str:
        owner_browser.post(address("hours"), facts(**chosen))
        return str(owner_browser.get(address("hours")).context["breaks_words"])

    chosen = {BREAKS: str(office.pk)}

    assert said() == ""
    assert said(**chosen) == f"Breaks: those of “{office.name}”."
    assert said(**chosen, **{f"lock:{BREAKS}": "on"}) == f"For everybody, the breaks of “{office.name}” count."


@pytest.mark.feature("SCH-02", "SCH-03")
@pytest.mark.parametrize(("main", "action", "label"), SWITCHES)
def test_reset_never_parts_a_switch_from_what_it_locks(
    owner_browser: Client, alpha: Tenant, office: Schedule, main: str, action: str, label: str
) -> None:
    chosen = {main: str(office.pk), f"lock:{main}": "on", f"{action}_0": "hangup"}
    owner_browser.post(address("hours"), facts(**chosen))

    owner_browser.post(address("hours"), {"reset": action})
    with inside(alpha):
        still = {row.key: (row.locked, row.destination_id) for row in SettingValue.objects.all()}
    owner_browser.post(address("hours"), {"reset": main})

    assert still == {main: (True, None), action: (True, None)}
    with inside(alpha):
        assert [(row.key, row.locked) for row in SettingValue.objects.all()] == [(action, False)]


# --- own and shared hours -----------------------------------------------------------------------------------------
@pytest.mark.feature("SCH-01")
def test_an_extension_gets_hours_of_its_own_that_begin_like_those_that_held(
    owner_browser: Client, alpha: Tenant, office: Schedule, owner: User
) -> None:
    change_settings(subject=COMPANY, values={HOURS: office}, by=owner)

    answer = owner_browser.post(address("extension_own_hours", "101"))

    with inside(alpha):
        own = SettingValue.objects.get(level=Level.EXTENSION, key=HOURS).schedule
        assert own is not None
        assert own != office
        assert answer["Location"] == address("schedule_edit", own.pk)
        assert week_of(own) == week_of(office)
        assert give_own_hours(extension=desk(), by=owner).name == f"{own.name} 2"


@pytest.mark.feature("TEAM-04", "ROL-08")
def test_own_hours_are_given_only_where_somebody_may_change_the_hours(
    browser_of: Callable[..., Client], alpha: Tenant, sales: Team, agent: User, owner: User
) -> None:
    may = [Perm.SCHEDULE_CREATE, Perm.SCHEDULE_UPDATE]
    agent.roles.add(create_role(name="Planner", permissions=may, team_scoped=True, by=owner))

    assert browser_of(agent, alpha).post(address("extension_own_hours", "101")).status_code == 404
    with inside(alpha):
        assert not Schedule.objects.exists()


@pytest.mark.feature("SCH-02")
def test_no_hours_of_its_own_while_the_global_ones_are_on(
    owner_browser: Client, alpha: Tenant, office: Schedule, owner: User
) -> None:
    change_settings(subject=COMPANY, values={HOURS: office}, locks={HOURS: True}, by=owner)

    answer = owner_browser.post(address("extension_own_hours", "101"), follow=True)

    assert "locked above" in answer.content.decode()
    with inside(alpha):
        assert Schedule.objects.count() == 1


@pytest.mark.feature("SCH-07")
def test_one_schedule_serves_many_each_with_an_own_destination(
    owner_browser: Client, alpha: Tenant, office: Schedule, sales: Team
) -> None:
    closed = f"{CLOSED_ACTION}_0"

    owner_browser.post(address("extension_schedule", "101"), facts(**{HOURS: str(office.pk), closed: "voicemail"}))
    owner_browser.post(address("team_schedule", sales.pk), facts(**{HOURS: str(office.pk), closed: "hangup"}))

    with inside(alpha):
        seen = take_snapshot(at=NOON)
        desk_facts, team = seen.by_number("101"), seen.teams[sales.pk]
        assert desk_facts is not None
        assert desk_facts.value(HOURS) == team.settings[HOURS].value == office.pk
        assert desk_facts.value(CLOSED_ACTION).kind == DestinationKind.VOICEMAIL
        assert team.settings[CLOSED_ACTION].value.kind == DestinationKind.HANGUP


@pytest.mark.feature("SCH-05")
def test_an_extension_is_exempt_from_global_holidays(owner_browser: Client, alpha: Tenant, office: Schedule) -> None:
    owner_browser.post(address("extension_schedule", "101"), facts(**{HOURS: str(office.pk), EXEMPT: "on"}))

    with inside(alpha):
        held = take_snapshot(at=NOON).by_number("101")
        assert held is not None
        assert held.value(EXEMPT) is True


@pytest.mark.feature("TEAM-04")
def test_a_manager_sets_the_hours_of_own_teams_and_members_only(
    manager_browser: Client, alpha: Tenant, sales: Team
) -> None:
    with inside(alpha):
        other = Team.objects.create(name="Other")

    answers = [
        manager_browser.get(address("team_schedule", sales.pk)).status_code,
        manager_browser.get(address("team_schedule", other.pk)).status_code,
        manager_browser.get(address("extension_schedule", "101")).status_code,
        manager_browser.post(address("team_schedule", other.pk), facts()).status_code,
    ]

    assert answers == [200, 404, 200, 404]


def test_the_pages_stay_within_eight_queries(
    owner_browser: Client, alpha: Tenant, office: Schedule, owner: User, sales: Team
) -> None:
    change_settings(subject=COMPANY, values={HOURS: office, BREAKS: office, CLOSED_ACTION: HANGUP}, by=owner)
    pages = [address("hours"), address("extension_schedule", "101"), address("team_schedule", sales.pk)]

    for page in pages:
        owner_browser.get(page)
        with CaptureQueriesContext(connection) as captured:
            answer = owner_browser.get(page)
        assert answer.context["week"].summary.startswith("Now: ")
        assert reads(captured) <= 8, page
