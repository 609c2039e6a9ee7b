"""Holiday calendars: every kind of holiday, and what is refused."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from extensions.models import AudioFile, Holiday, HolidayCalendar, Level, Schedule, SettingValue, Team
from extensions.services.schedules.draft import HolidayDraft
from extensions.services.schedules.holidays import create_holiday
from extensions.snapshot.load import take_snapshot
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import NOON, reads
from tests.extensions.schedules.test_schedule_pages import address
from tests.extensions.voice.sounds import upload


# --- calendars ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "who", "status"),
    [
        ("holiday_calendars", "manager", 200),
        ("holiday_calendars", "agent", 403),
        ("holiday_calendar", "manager", 200),
        ("holiday_calendar_edit", "owner", 200),
        ("holiday_calendar_edit", "manager", 404),
        ("holiday_calendar_add", "manager", 404),
        ("holiday_calendar_national", "manager", 404),
        ("holiday_calendar_import", "agent", 403),
        ("holiday_calendar_delete", "manager", 403),
        ("holiday_calendar_delete", "owner", 200),
    ],
)
def test_who_may_open_which_page(
    request: pytest.FixtureRequest,
    browser_of: Callable[..., Client],
    alpha: Tenant,
    days: HolidayCalendar,
    name: str,
    who: str,
    status: int,
) -> None:
    arguments = [] if name == "holiday_calendars" else [days.pk]

    answer = browser_of(request.getfixturevalue(who), alpha).get(address(name, *arguments))

    assert answer.status_code == status


@pytest.mark.feature("SCH-05", "SCH-07")
def test_a_calendar_counts_for_chosen_schedules_or_everybody(
    owner_browser: Client, alpha: Tenant, office: Schedule
) -> None:
    owner_browser.post(address("holiday_calendar_create"), {"name": "Ours", "schedules": [office.pk]})
    with inside(alpha):
        calendar = HolidayCalendar.objects.get(name="Ours")
        attached = list(calendar.schedules.all())

    facts = {"name": "All", "is_global": "on", "version": calendar.version}
    owner_browser.post(address("holiday_calendar_edit", calendar.pk), facts)

    with inside(alpha):
        calendar.refresh_from_db()
        assert attached == [office]
        assert (calendar.name, calendar.is_global, list(calendar.schedules.all())) == ("All", True, [])


def test_a_taken_calendar_name_is_refused(owner_browser: Client, days: HolidayCalendar) -> None:
    answer = owner_browser.post(address("holiday_calendar_create"), {"name": "ours"})

    assert answer.status_code == 422
    assert "name" in answer.context["form"].errors


@pytest.mark.feature("TEAM-04")
def test_a_manager_edits_calendars_of_own_schedules_and_leaves_others_attached(
    manager_browser: Client, alpha: Tenant, office: Schedule, sales: Team, days: HolidayCalendar
) -> None:
    SettingValue.objects.create(level=Level.TEAM, team=sales, key="hours.schedule", schedule=office)
    office.calendars.add(days)
    edit = address("holiday_calendar_edit", days.pk)
    page = manager_browser.get(edit)

    forced = manager_browser.post(edit, {"name": "Mine", "is_global": "on", "version": days.version})

    assert (page.status_code, forced.status_code) == (200, 302)
    with inside(alpha):
        days.refresh_from_db()
        assert (days.name, days.is_global, list(days.schedules.all())) == ("Mine", False, [])


# --- holidays -----------------------------------------------------------------------------------------------------
KINDS = {
    "one day": ({"kind": "date", "first_day": "2026-12-24", "starts": "14:00", "ends": "00:00"},
                {"first_day": date(2026, 12, 24), "starts": 840, "ends": 1440, "recurring": False}),
    "every year": ({"kind": "date", "first_day": "2028-02-29", "recurring": "on"},
                   {"first_day": date(2028, 2, 29), "starts": None, "recurring": True}),
    "several days": ({"kind": "range", "first_day": "2026-12-24", "last_day": "2027-01-02"},
                     {"last_day": date(2027, 1, 2), "month": None}),
    "a rule": ({"kind": "rule", "nth": "-1", "weekday": "0", "month": "5", "first_day": "2026-01-01"},
               {"nth": -1, "weekday": 0, "month": 5, "first_day": None, "recurring": True}),
}  # fmt: skip


@pytest.mark.parametrize(("typed", "kept"), KINDS.values(), ids=KINDS)
@pytest.mark.feature("SCH-05")
def test_every_kind_is_saved_with_its_announcement(
    owner_browser: Client, alpha: Tenant, days: HolidayCalendar, typed: dict[str, str], kept: dict[str, object]
) -> None:
    AudioFile.objects.create(
        name="Feast", purpose="announcement", path="x", format="wav", size=1, milliseconds=1, uploaded_at=NOON
    )
    action = {"target_0": "announcement", "target_1": "Feast"}

    answer = owner_browser.post(address("holiday_calendar_add", days.pk), {"name": "Feast day", **typed, **action})

    with inside(alpha):
        made = days.holidays.get()
        assert answer["Location"] == address("holiday_calendar", days.pk)
        assert {name: getattr(made, name) for name in kept} == kept
        assert str(made.destination) == "Announcement, then hang up: Feast"


@pytest.mark.feature("SCH-05")
def test_an_announcement_may_be_uploaded_with_the_holiday(
    owner_browser: Client, alpha: Tenant, days: HolidayCalendar
) -> None:
    typed = {"name": "Feast day", "kind": "date", "first_day": "2026-12-24"}
    add = address("holiday_calendar_add", days.pk)

    owner_browser.post(add, {**typed, "file": upload()})
    owner_browser.post(add, {**typed, "name": "Feast day two", "file": upload()})
    refused = owner_browser.post(add, {**typed, "name": "Third feast", "file": upload(b"no sound")})

    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["file"])
    with inside(alpha):
        kept = [str(one.destination) for one in days.holidays.order_by("pk")]
        assert kept == ["Announcement, then hang up: Feast day", "Announcement, then hang up: Feast day two"]


WRONG = [
    ({"name": "Eve"}, "name"),
    ({"name": "x" * 61}, "name"),
    ({"name": "taken DAY"}, "name"),
    ({"first_day": ""}, "first_day"),
    ({"first_day": "1999-12-31"}, "first_day"),
    ({"kind": "range"}, "last_day"),
    ({"kind": "range", "last_day": "2026-12-23"}, "last_day"),
    ({"kind": "range", "last_day": "2028-12-23"}, "last_day"),
    ({"kind": "rule", "weekday": "1", "month": "1"}, "nth"),
    ({"starts": "14:00"}, "ends"),
    ({"ends": "14:00"}, "starts"),
    ({"starts": "14:00", "ends": "13:00"}, "ends"),
    ({"target_0": "conference", "target_1": "1"}, "target"),
]


@pytest.mark.parametrize(("changes", "field"), WRONG)
@pytest.mark.feature("SCH-05")
def test_what_is_wrong_stands_beside_its_field(
    owner_browser: Client, alpha: Tenant, days: HolidayCalendar, changes: dict[str, str], field: str
) -> None:
    days.holidays.create(name="Taken day", kind="date", first_day=date(2026, 1, 1))
    typed = {"name": "Christmas Eve", "kind": "date", "first_day": "2026-12-24", **changes}

    answer = owner_browser.post(address("holiday_calendar_add", days.pk), typed)

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    with inside(alpha):
        assert days.holidays.count() == 1


@pytest.mark.feature("SCH-05")
def test_the_same_name_may_stand_in_another_calendar(days: HolidayCalendar, owner: User) -> None:
    other = HolidayCalendar.objects.create(name="Others")
    draft = HolidayDraft(name="Christmas", first_day=date(2026, 12, 25))

    made = [create_holiday(calendar=calendar, draft=draft, by=owner) for calendar in (days, other)]

    assert len(made) == 2


@pytest.mark.feature("SCH-10")
def test_the_page_lists_what_comes_next_and_flags_what_is_over(owner_browser: Client, days: HolidayCalendar) -> None:
    days.holidays.create(name="Over", kind="date", first_day=date(2026, 1, 1))
    days.holidays.create(name="Yearly", kind="date", first_day=date(2025, 3, 1), recurring=True)
    days.holidays.create(name="Soon", kind="rule", month=12, weekday=0, nth=1, recurring=True)

    with time_machine.travel(NOON, tick=False):
        answer = owner_browser.get(address("holiday_calendar", days.pk))

    rows = [(row.holiday.name, row.when, row.following, row.past) for row in answer.context["rows"]]
    assert rows == [
        ("Soon", "First Monday of December", date(2026, 12, 7), False),
        ("Yearly", "1 March, every year", date(2027, 3, 1), False),
        ("Over", "1 January 2026", None, True),
    ]


def test_pages_of_a_calendar_stay_within_eight_queries(owner_browser: Client, days: HolidayCalendar) -> None:
    days.holidays.create(name="Day one", kind="date", first_day=date(2026, 1, 1))
    for name in ("holiday_calendar", "holiday_calendar_edit"):
        owner_browser.get(address(name, days.pk))
        with CaptureQueriesContext(connection) as captured:
            owner_browser.get(address(name, days.pk))
        assert reads(captured) <= 8, name


def test_a_deleted_calendar_takes_its_holidays_along(
    owner_browser: Client, alpha: Tenant, office: Schedule, days: HolidayCalendar
) -> None:
    days.holidays.create(name="Day one", kind="date", first_day=date(2026, 1, 1))
    office.calendars.add(days)
    page = address("holiday_calendar_delete", days.pk)
    form = owner_browser.get(page).context["form"]
    expected = form["expected"].value()

    owner_browser.post(page, {"expected": expected})

    with inside(alpha):
        assert not Holiday.objects.exists() or not HolidayCalendar.objects.filter(pk=days.pk).exists()
        assert take_snapshot(at=NOON).schedules[office.pk].holidays == ()
