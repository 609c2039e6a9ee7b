"""The pages of a schedule: who opens them, what they show and refuse, and what saving does."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from extensions.models import Configuration, HolidayCalendar, HolidayKind, Level, Schedule, SettingValue, Team
from extensions.services.schedules.edit import create_schedule, week_of
from extensions.services.schedules.week import PRESETS, Preset, Span, Week
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import reads

URLS = "portal.sites.urls_tenant"


def address(name: str, *arguments: object) -> str:
    return reverse(f"extensions:{name}", args=arguments, urlconf=URLS)


def posted(week: Week = Week(), **changes: object) -> dict[str, object]:  # noqa: B008 - frozen
    """The fields of the edit form with these hours in the boxes."""
    boxes: dict[str, object] = {"name": "Office", "time_zone": ""}
    places: dict[str, int] = {}
    for span in week.spans:
        day = f"{span.kind.value}-{span.weekday}"
        place = places[day] = places.get(day, -1) + 1
        boxes |= box(day, place, f"{span.starts // 60:02}:{span.starts % 60:02}", clock(span.ends), span.ends >= 1440)
    return boxes | changes


def clock(minute: int) -> str:
    return f"{minute % 1440 // 60:02}:{minute % 60:02}"


def box(day: str, place: int, starts: str, ends: str, next_day: bool = False) -> dict[str, object]:
    start = f"week-{day}-{place}"
    return {f"{start}-from": starts, f"{start}-until": ends} | ({f"{start}-next": "1"} if next_day else {})


@pytest.mark.parametrize(
    ("name", "who", "status"),
    [
        ("schedules", "owner", 200),
        ("schedules", "manager", 200),
        ("schedules", "agent", 403),
        ("schedule", "owner", 200),
        ("schedule", "agent", 403),
        ("schedule_edit", "owner", 200),
        ("schedule_edit", "manager", 404),
        ("schedule_edit", "agent", 403),
        ("schedule_copy", "owner", 200),
        ("schedule_copy", "manager", 403),
        ("schedule_override", "owner", 200),
        ("schedule_override", "manager", 404),
        ("schedule_create", "owner", 200),
        ("schedule_create", "manager", 403),
    ],
)
@pytest.mark.feature("SCH-01")
def test_who_may_open_which_page(
    request: pytest.FixtureRequest,
    browser_of: Callable[..., Client],
    alpha: Tenant,
    office: Schedule,
    name: str,
    who: str,
    status: int,
) -> None:
    arguments = [] if name in ("schedules", "schedule_create") else [office.pk]

    answer = browser_of(request.getfixturevalue(who), alpha).get(address(name, *arguments))

    assert answer.status_code == status


@pytest.mark.parametrize("name", ["schedule", "schedule_edit", "schedule_copy", "schedule_override"])
def test_another_tenant_has_no_such_schedule(
    browser_of: Callable[..., Client], beta: Tenant, stranger: User, office: Schedule, name: str
) -> None:
    connection.set_schema_to_public()

    assert browser_of(stranger, beta).get(address(name, office.pk)).status_code == 404


@pytest.mark.parametrize("preset", Preset)
@pytest.mark.feature("SCH-01")
def test_each_preset_makes_a_schedule(
    owner_browser: Client, alpha: Tenant, inside_alpha: Tenant, preset: Preset
) -> None:
    answer = owner_browser.post(address("schedule_create"), {"name": "New", "preset": preset.value})

    with inside(alpha):
        made = Schedule.objects.get(name="New")
        assert answer["Location"] == address("schedule", made.pk)
        assert week_of(made) == Week(tuple(sorted(PRESETS[preset].spans)))


def test_a_taken_name_is_refused_beside_its_field(owner_browser: Client, office: Schedule) -> None:
    answer = owner_browser.post(address("schedule_create"), {"name": "OFFICE", "preset": "empty"})

    assert answer.status_code == 422
    assert answer.context["form"].errors["name"] == ["There is one called “OFFICE” already."]


@pytest.mark.feature("SCH-01")
def test_saving_writes_the_boxes_and_raises_the_version_of_the_configuration(
    owner_browser: Client, alpha: Tenant, office: Schedule
) -> None:
    calendar = HolidayCalendar.objects.create(name="Ours")
    before = Configuration.objects.get().version
    boxes = box("open-6", 0, "22:00", "06:00", next_day=True) | box("break-6", 0, "23:00", "23:30")
    facts = posted(name="Night", time_zone="Asia/Tokyo", calendars=[calendar.pk], version=office.version, **boxes)

    answer = owner_browser.post(address("schedule_edit", office.pk), facts)

    with inside(alpha):
        office.refresh_from_db()
        assert answer.status_code == 302
        assert str(office) == "Night"
        assert str(office.time_zone) == "Asia/Tokyo"
        assert {(one.kind, one.weekday, one.starts, one.ends) for one in office.intervals.all()} == {
            ("open", 6, 1320, 1800),
            ("break", 6, 1380, 1410),
        }
        assert list(office.calendars.all()) == [calendar]
        assert Configuration.objects.get().version > before


WRONG = [
    ("the end before the start", box("open-0", 0, "17:00", "09:00"), "The end must be after the start."),
    ("the end at the start", box("open-0", 0, "09:00", "09:00"), "The end must be after the start."),
    ("one box empty", box("open-0", 0, "09:00", ""), "Give both times, like 09:00 and 17:30."),
    ("nonsense", box("open-0", 0, "9 am", "17:00"), "Give both times, like 09:00 and 17:30."),
    ("over a day", box("open-0", 0, "09:00", "10:00", next_day=True), "At most 24 hours."),
    (
        "overlapping",
        box("open-0", 0, "09:00", "13:00") | box("open-0", 1, "12:59", "17:00"),
        "This overlaps 09:00–13:00 of Monday.",
    ),
    (
        "overlapping past midnight",
        box("break-6", 0, "22:00", "06:00", next_day=True) | box("break-0", 0, "05:59", "07:00"),
        "This overlaps 05:59–07:00 of Monday.",
    ),
    (
        "five on one day",
        {k: v for n in range(5) for k, v in box("open-0", n, f"0{n}:00", f"0{n}:30").items()},
        "At most 4 on one day.",
    ),
]


@pytest.mark.parametrize(("boxes", "sentence"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
@pytest.mark.feature("SCH-01", "SCH-10")
def test_wrong_hours_are_refused_beside_their_boxes_and_stay_as_typed(
    owner_browser: Client, office: Schedule, boxes: dict[str, object], sentence: str
) -> None:
    answer = owner_browser.post(address("schedule_edit", office.pk), posted(version=office.version, **boxes))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert 'aria-invalid="true"' in page
    assert all(f'value="{value}"' in page for value in boxes.values() if value)


@pytest.mark.feature("UXP-05")
def test_two_who_save_at_once_see_each_other(owner_browser: Client, alpha: Tenant, office: Schedule) -> None:
    owner_browser.post(address("schedule_edit", office.pk), posted(PRESETS[Preset.RETAIL], version=office.version))

    second = owner_browser.post(address("schedule_edit", office.pk), posted(version=office.version))

    assert second.status_code == 409
    assert "Monday to Saturday 10:00–19:00" in second.content.decode()


def test_a_day_is_copied_to_others_without_saving(owner_browser: Client, alpha: Tenant, office: Schedule) -> None:
    boxes = box("open-0", 0, "08:15", "12:45") | box("open-2", 1, "01:00", "02:00")
    asked = {"copy": "1", "copy_from": "0", "copy_to": ["2", "6"], **posted(version=office.version, **boxes)}

    answer = owner_browser.post(address("schedule_edit", office.pk), asked)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count('value="08:15"') == 3
    assert 'value="01:00"' not in page
    with inside(alpha):
        assert len(week_of(office).spans) == 10


def test_a_copy_has_the_same_hours_and_calendars(owner_browser: Client, alpha: Tenant, office: Schedule) -> None:
    office.calendars.add(HolidayCalendar.objects.create(name="Ours"))

    owner_browser.post(address("schedule_copy", office.pk), {"name": "Branch"})

    with inside(alpha):
        copy = Schedule.objects.get(name="Branch")
        assert week_of(copy) == week_of(office)
        assert [one.name for one in copy.calendars.all()] == ["Ours"]


@pytest.mark.feature("SCH-06", "SCH-07")
def test_the_page_shows_week_order_uses_and_problems(owner_browser: Client, office: Schedule) -> None:
    office.intervals.create(kind="open", weekday=0, starts=16 * 60, ends=20 * 60)
    sales = Team.objects.create(name="Sales")
    for team in (None, sales):
        level = Level.TEAM if team else Level.TENANT
        SettingValue.objects.create(level=level, team=team, key="hours.schedule", schedule=office)

    answer = owner_browser.get(address("schedule", office.pk))

    page = answer.content.decode()
    assert [one["label"] for one in answer.context["order"]] == [
        "Opened or closed by hand", "Holiday", "Closed hours", "Break", "Open",
    ]  # fmt: skip
    assert sum(one["decides"] for one in answer.context["order"]) == 1
    assert [one.name for one in answer.context["uses"]] == ["Sales", "Company"]
    assert "Used in 2 places in all." in page
    assert "Monday: Open 09:00–17:00 and 16:00–20:00 overlap." in page
    assert "The same as a table" in page
    assert "Please look at this" in page


@pytest.mark.feature("SCH-10")
def test_holidays_that_are_over_are_told_without_a_warning(
    owner_browser: Client, office: Schedule, days: HolidayCalendar
) -> None:
    days.holidays.create(name="Jubilee", kind=HolidayKind.DATE, first_day=date(2020, 5, 8))
    office.calendars.add(days)

    page = owner_browser.get(address("schedule", office.pk)).content.decode()

    assert "1 one-off holiday is over" in page
    assert "Please look at this" not in page


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_needs_the_same_queries_for_1_and_many(
    owner_browser: Client, inside_alpha: Tenant, owner: User, rows: int
) -> None:
    calendar = HolidayCalendar.objects.create(name="Ours")
    for number in range(rows):
        week = Week((Span(0, 0, 1440),))
        create_schedule(name=f"S{number:03}", time_zone=None, week=week, calendars=[calendar], by=owner)
    owner_browser.get(address("schedules"))

    with CaptureQueriesContext(connection) as captured:
        answer = owner_browser.get(address("schedules"))

    assert answer.content.decode().count("<tr data-href") == rows
    assert reads(captured) <= 8


def test_the_list_is_exported_with_what_holds_now(owner_browser: Client, office: Schedule) -> None:
    text = b"".join(owner_browser.get(address("schedules") + "?export=csv").streaming_content).decode()

    assert text.startswith("\ufeffName,Time zone,Now,Until,Holiday calendars,Used by")
    assert "Office," in text


@pytest.mark.parametrize("name", ["schedule", "schedule_edit", "schedule_copy", "schedule_override"])
def test_pages_of_one_schedule_stay_within_eight_queries(owner_browser: Client, office: Schedule, name: str) -> None:
    office.calendars.add(HolidayCalendar.objects.create(name="Ours"))
    SettingValue.objects.create(level=Level.TENANT, key="hours.schedule", schedule=office)
    owner_browser.get(address(name, office.pk))

    with CaptureQueriesContext(connection) as captured:
        owner_browser.get(address(name, office.pk))

    assert reads(captured) <= 8


@pytest.mark.feature("TEAM-04")
def test_a_manager_edits_what_only_the_own_teams_use(
    manager_browser: Client, alpha: Tenant, office: Schedule, sales: Team
) -> None:
    edit = address("schedule_edit", office.pk)
    unused = manager_browser.get(edit).status_code
    with inside(alpha):
        SettingValue.objects.create(level=Level.TEAM, team=sales, key="hours.schedule", schedule=office)
    ours = manager_browser.get(edit).status_code
    with inside(alpha):
        SettingValue.objects.create(level=Level.TENANT, key="hours.breaks", schedule=office)

    shared = manager_browser.get(edit).status_code

    assert (unused, ours, shared) == (404, 200, 404)
