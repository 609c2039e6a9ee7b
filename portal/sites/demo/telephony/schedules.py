"""Hours of a demonstration company: an office with breaks, a shop, national holidays, and one thing done by hand."""

from datetime import date, datetime, time, timedelta

from django.db import connection

from extensions.models import DestinationKind, Extension, HolidayCalendar, HolidayKind, OverrideMode
from extensions.schedule_selectors import company_zone
from extensions.services.destinations import Target
from extensions.services.schedules.draft import HolidayDraft
from extensions.services.schedules.edit import create_schedule
from extensions.services.schedules.holidays import add_holidays, create_calendar, create_holiday
from extensions.services.schedules.national import national_holidays
from extensions.services.schedules.overrides import override_schedule
from extensions.services.settings import change_settings
from extensions.settings.catalogue.hours import BREAK_ACTION, CLOSED_ACTION, HOLIDAY_ACTION, HOURS
from extensions.settings.subjects import COMPANY, Subject
from portal.accounts.models import User
from portal.core.errors import DomainError
from portal.sites.demo.telephony.characters import character


def furnish(*, by: User, at: datetime) -> None:
    """Create schedules and holidays inside the active tenant, and let company and one extension use them."""
    zone = company_zone()
    today = at.astimezone(zone).date()
    company = _company_days(by=by, today=today)
    who = character()
    office = create_schedule(name=who.hours[0], time_zone=None, week=who.hours[1], calendars=[company], by=by)
    shop = create_schedule(name=who.desk_hours[0], time_zone=None, week=who.desk_hours[1], by=by)
    create_schedule(name=who.third[0], time_zone=None, week=who.third[1], by=by)
    _national_days(by=by, years=(today.year, today.year + 1))
    voicemail, hangup = Target(DestinationKind.VOICEMAIL), Target(DestinationKind.HANGUP)
    actions = {CLOSED_ACTION: voicemail, BREAK_ACTION: voicemail, HOLIDAY_ACTION: hangup}
    change_settings(subject=COMPANY, values={HOURS: office, **actions}, by=by)
    desk = Extension.objects.select_related("home_team").order_by("number").first()
    if desk is not None:
        change_settings(subject=Subject(extension=desk), values={HOURS: shop}, by=by)
    override_schedule(
        schedule=shop,
        mode=OverrideMode.CLOSED,
        ends_at=datetime.combine(today + timedelta(days=1), time(10), zone),
        reason=who.closing,
        by=by,
        at=at,
    )


def _company_days(*, by: User, today: date) -> HolidayCalendar:
    year = today.year
    calendar = create_calendar(name="Company holidays", is_global=False, schedules=[], by=by)
    closing = HolidayDraft(
        name="Between the years",
        kind=HolidayKind.RANGE,
        first_day=date(year, 12, 27),
        last_day=date(year, 12, 30),
        recurring=True,
    )
    eve = HolidayDraft(
        name="New Year's Eve", first_day=date(year, 12, 31), recurring=True, starts=12 * 60, ends=24 * 60
    )
    outing = HolidayDraft(name="Works outing", kind=HolidayKind.RULE, month=6, weekday=4, nth=3)
    for draft in (closing, eve, outing):
        create_holiday(calendar=calendar, draft=draft, by=by)
    return calendar


def _national_days(*, by: User, years: tuple[int, int]) -> None:
    country = str(connection.tenant.country)
    calendar = create_calendar(name="Public holidays", is_global=True, schedules=[], by=by)
    try:
        drafts = national_holidays(country=country, region="", years=years)
    except DomainError:  # a country whose holidays nobody knows: the calendar stays empty
        return
    add_holidays(calendar=calendar, drafts=drafts, by=by, source=(country, ""))
