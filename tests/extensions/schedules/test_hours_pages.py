"""Which hours hold for company, team and extension, and what the two global switches lock."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from extensions.models import DestinationKind, Extension, Level, Mailbox, Schedule, SettingValue, Team
from extensions.services.destinations import Target
from extensions.services.schedules.edit import week_of
from extensions.services.schedules.own_hours import give_own_hours
from extensions.services.settings import change_settings
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
from extensions.settings.subjects import COMPANY
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
