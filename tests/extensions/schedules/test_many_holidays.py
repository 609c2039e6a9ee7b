"""Holiday calendars: national holidays and files: looked at first, then added."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from extensions.models import Holiday, HolidayCalendar
from extensions.services.schedules.draft import HolidayDraft
from extensions.services.schedules.file import check_file
from extensions.services.schedules.holidays import MOST, TooManyHolidays, add_holidays
from extensions.services.schedules.national import UnknownRegion, national_holidays
from portal.accounts.models import User
from portal.audit.models import LogEntry
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.schedules.test_schedule_pages import address


# --- national holidays --------------------------------------------------------------------------------------------
@pytest.mark.feature("SCH-08")
def test_national_holidays_come_by_region_and_with_observed_days() -> None:
    america = {one.name: one.first_day for one in national_holidays(country="US", region="", years=[2027])}
    bavaria = [one.name for one in national_holidays(country="DE", region="BY", years=[2026, 2027])]
    berlin = [one.name for one in national_holidays(country="DE", region="BE", years=[2026])]

    assert america["Independence Day 2027"] == date(2027, 7, 4)
    assert america["Independence Day (observed) 2027"] == date(2027, 7, 5)
    assert {"Epiphany 2026", "Epiphany 2027"} <= set(bavaria)
    assert "Epiphany 2026" not in berlin


@pytest.mark.feature("SCH-08")
@pytest.mark.parametrize(("country", "region", "field"), [("XX", "", "country"), ("DE", "ZZ", "region")])
def test_unknown_countries_and_regions_are_refused(country: str, region: str, field: str) -> None:
    with pytest.raises(UnknownRegion) as refused:
        national_holidays(country=country, region=region, years=[2027])

    assert refused.value.field == field


@pytest.mark.feature("SCH-08")
def test_they_are_looked_at_first_and_only_ticked_ones_are_added(
    owner_browser: Client, alpha: Tenant, days: HolidayCalendar
) -> None:
    page = address("holiday_calendar_national", days.pk)
    asked = {"country": "DE", "region": "BY", "year": "2027", "years": "1"}

    looked = owner_browser.get(page, asked)
    with inside(alpha):
        before = days.holidays.count()
    none = owner_browser.post(page, asked)
    added = owner_browser.post(page, {**asked, "day": ["Epiphany 2027", "Labor Day 2027", "Invented 2027"]})
    again = owner_browser.get(page, asked)

    assert len(looked.context["found"]) == 12
    assert (before, none.status_code, added.status_code) == (0, 422, 302)
    with inside(alpha):
        days.refresh_from_db()
        assert [one.name for one in days.holidays.order_by("first_day")] == ["Epiphany 2027", "Labor Day 2027"]
        assert (days.country, days.region) == ("DE", "BY")
        assert LogEntry.objects.filter(object_repr="Epiphany 2027").count() == 1
    assert [one["draft"].name for one in again.context["found"] if one["there"]] == ["Epiphany 2027", "Labor Day 2027"]


# --- files --------------------------------------------------------------------------------------------------------
def upload(text: str) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("days.csv", text.encode("utf-8-sig"), content_type="text/csv")}


@pytest.mark.feature("SCH-08")
def test_a_file_is_checked_shown_and_then_added(owner_browser: Client, alpha: Tenant, days: HolidayCalendar) -> None:
    page = address("holiday_calendar_import", days.pk)

    looked = owner_browser.post(page, upload("Name;Date\nWorks outing;2027-06-18\nInventory;31.12.2027\n"))
    with inside(alpha):
        before = days.holidays.count()
    owner_browser.post(page, {"content": looked.context["text"]})

    assert (looked.status_code, before) == (200, 0)
    with inside(alpha):
        kept = [(one.name, one.first_day) for one in days.holidays.order_by("first_day")]
        assert kept == [("Works outing", date(2027, 6, 18)), ("Inventory", date(2027, 12, 31))]


FAULTY = "name,date\nOK day,2027-01-01\nbad,2027-13-01\nOK Day,03/04/2027\nTaken,1999-01-01\n"


@pytest.mark.feature("SCH-08")
def test_every_fault_is_shown_by_line_and_column() -> None:
    checked = check_file(FAULTY.encode(), taken={"taken"})

    assert [(one.line, one.column, one.sentence) for one in checked.faults] == [
        (3, "name", "Use 4 to 60 characters."),
        (3, "date", "Write the date as 2027-12-25 or 25.12.2027."),
        (4, "name", "The same name as in line 2."),
        (4, "date", "Write the date as 2027-12-25 or 25.12.2027."),
        (5, "name", "The calendar has a holiday of this name already."),
        (5, "date", "Choose a day between 2000 and 2100."),
    ]


@pytest.mark.feature("SCH-08")
def test_faulty_lines_keep_everything_out_unless_they_are_skipped(
    owner_browser: Client, alpha: Tenant, days: HolidayCalendar
) -> None:
    page = address("holiday_calendar_import", days.pk)

    looked = owner_browser.post(page, upload(FAULTY))
    refused = owner_browser.post(page, {"content": FAULTY})
    with inside(alpha):
        before = days.holidays.count()
    skipped = owner_browser.post(page, {"content": FAULTY, "skip": "1"})

    assert (looked.status_code, refused.status_code, skipped.status_code, before) == (422, 422, 302, 0)
    assert "The same name as in line 2." in looked.content.decode()
    with inside(alpha):
        assert [one.name for one in days.holidays.all()] == ["OK day"]


@pytest.mark.feature("SCH-08")
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name,date,colour,size\n", "Unknown columns: colour, size. Known are: name, date."),
        ("name\nA\n", "Missing columns: date."),
        ("", "empty"),
        ("name,date\n" + "Some day,2027-01-01\n" * 501, "at most 500"),
        ("x" * 200_001, "at most 200 kB"),
    ],
)
def test_other_files_are_refused_with_a_reason(
    owner_browser: Client, days: HolidayCalendar, text: str, words: str
) -> None:
    answer = owner_browser.post(address("holiday_calendar_import", days.pk), upload(text))

    assert answer.status_code == 422
    assert words in " ".join(answer.context["form"].errors["file"])


def test_a_full_calendar_takes_no_more(days: HolidayCalendar, owner: User) -> None:
    Holiday.objects.bulk_create(
        [Holiday(calendar=days, name=f"Day {n:04}", kind="date", first_day=date(2027, 1, 1)) for n in range(MOST)]
    )

    with pytest.raises(TooManyHolidays):
        add_holidays(calendar=days, drafts=[HolidayDraft(name="One more", first_day=date(2027, 1, 1))], by=owner)
