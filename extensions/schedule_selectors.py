"""Reads for the screens about schedules: who uses them, which ones somebody may change, what is forced by hand now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject, Now
from django.urls import reverse
from django.utils.translation import gettext as _

from extensions.models import (
    CallException,
    Holiday,
    HolidayCalendar,
    IntervalKind,
    Level,
    Schedule,
    ScheduleOverride,
    SettingValue,
    Team,
    WeekInterval,
)
from extensions.scopes import reach
from extensions.services.schedules.week import Span, Week
from extensions.settings.registry import setting
from extensions.snapshot.facts import ScheduleFacts
from extensions.snapshot.hours import schedule_facts
from portal.accounts.models import User
from portal.permissions import Perm


@dataclass(frozen=True, slots=True)
class ScheduleUse:
    """One place that a schedule is used in: who, as what, and where to look (empty: nowhere)."""

    name: str
    as_what: str
    url: str


def company_zone() -> ZoneInfo:
    """The zone that counts where a schedule names none."""
    tenant: Any = connection.tenant
    return ZoneInfo(str(tenant.time_zone))


def schedules() -> QuerySet[Any]:
    """All schedules with what screens show of them, in one query.

    `used` counts the settings and call exceptions that name it; `hours` and `forced` are its intervals and present or
    coming overrides, `calendar_ids` and `calendar_names` its holiday calendars.
    """
    own = {"schedule": OuterRef("pk")}
    hours = WeekInterval.objects.filter(**own).order_by("weekday", "starts")
    forced = ScheduleOverride.objects.filter(**own, ends_at__gt=Now()).order_by("starts_at", "pk")
    links = Schedule.calendars.through.objects.filter(**own).order_by("holidaycalendar__name")
    return Schedule.objects.annotate(
        used=Count("uses", distinct=True) + Count("exceptions", distinct=True),
        hours=ArraySubquery(hours.values(row=_row("kind", "weekday", "starts", "ends"))),
        forced=ArraySubquery(forced.values(row=_row("mode", "starts_at", "ends_at", "reason"))),
        calendar_ids=ArraySubquery(links.values("holidaycalendar")),
        calendar_names=ArraySubquery(links.values("holidaycalendar__name")),
    )


def schedules_within(user: User, permission: Perm) -> QuerySet[Schedule]:
    """The schedules for which `user` holds `permission`: all, or those within reach of a team-scoped role.

    Within reach is a schedule that one of these teams or their members use, and nobody outside (TEAM-04).
    """
    ids = reach(user, permission)
    if ids is None:
        return schedules()
    members = Team.members.through.objects.filter(team__in=ids).values("extension")
    ours = Q(team__in=ids) | Q(extension__in=members)
    uses = SettingValue.objects.filter(schedule=OuterRef("pk"))
    exceptions = CallException.objects.filter(schedule=OuterRef("pk"))
    inside = Exists(uses.filter(ours)) | Exists(exceptions.filter(extension__in=members))
    outside: Any = Exists(uses.exclude(ours & ~Q(level__in=[Level.TENANT, Level.TEMPLATE])))
    outside |= Exists(exceptions.filter(Q(extension=None) | ~Q(extension__in=members)))
    return schedules().filter(inside & ~outside)


def calendars_within(user: User, permission: Perm) -> QuerySet[HolidayCalendar]:
    """The holiday calendars for which `user` holds `permission`: all, or those that only schedules within reach use."""
    if reach(user, permission) is None:
        return HolidayCalendar.objects.all()
    own = schedules_within(user, permission).values("pk")
    links = Schedule.calendars.through.objects.filter(holidaycalendar=OuterRef("pk"))
    inside, outside = Exists(links.filter(schedule__in=own)), Exists(links.exclude(schedule__in=own))
    return HolidayCalendar.objects.filter(inside & ~outside, is_global=False)


def calendars() -> QuerySet[HolidayCalendar]:
    """All calendars, with the number of their holidays (`size`) and of schedules that name them (`used`)."""
    return HolidayCalendar.objects.annotate(
        size=Count("holidays", distinct=True), used=Count("schedules", distinct=True)
    )


def facts_of(rows: Iterable[Any]) -> dict[int, ScheduleFacts]:
    """Rows of `schedules()` as facts, by id, in one query; their overrides say no destination."""
    found, zone = list(rows), company_zone()
    holidays = _holidays_of([one.pk for one in found]) if found else []
    return {
        one.pk: schedule_facts(
            one,
            zone=zone,
            intervals=[WeekInterval(schedule=one, **row) for row in one.hours],
            holidays=[row for row in holidays if row.calendar.is_global or one.pk in row.counts_for],
            overrides=[ScheduleOverride(schedule=one, **_moments(row)) for row in one.forced],
        )
        for one in found
    }


def week_of_row(row: Any) -> Week:
    """The hours of a row of `schedules()` as a value."""
    spans = [Span(one["weekday"], one["starts"], one["ends"], IntervalKind(one["kind"])) for one in row.hours]
    return Week(tuple(sorted(spans)))


def overrides_now(*, at: datetime) -> list[ScheduleOverride]:
    """What is opened, closed or special by hand at this moment, with its schedule; those that end first come first."""
    found = ScheduleOverride.objects.filter(starts_at__lte=at, ends_at__gt=at)
    return list(found.select_related("schedule", "by").order_by("ends_at", "pk"))


def uses_of(schedule: Schedule) -> list[ScheduleUse]:
    """The company, teams and extensions that use a schedule, in one query."""
    rows = schedule.uses.select_related("team", "extension").order_by("level", "pk")
    return [ScheduleUse(_who(row), str(setting(row.key).label), _where(row)) for row in rows]


def _row(*names: str) -> Any:
    return JSONObject(**{name: name for name in names})


def _moments(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, **{name: datetime.fromisoformat(row[name]) for name in ("starts_at", "ends_at")}}


def _holidays_of(ids: list[int]) -> list[Any]:
    """Holidays of global calendars and of those that these schedules name, each with the schedules (`counts_for`)."""
    links = Schedule.calendars.through.objects.filter(holidaycalendar=OuterRef("calendar")).values("schedule")
    named = Schedule.calendars.through.objects.filter(schedule__in=ids).values("holidaycalendar")
    found = Holiday.objects.filter(Q(calendar__is_global=True) | Q(calendar__in=named))
    with_links = found.annotate(counts_for=ArraySubquery(links)).select_related("calendar", "destination")
    return list(with_links.order_by("calendar_id", "pk"))


def _who(row: Any) -> str:
    return str(row.extension or row.team or _("Company"))


def _where(row: SettingValue) -> str:
    if row.extension is not None:
        return reverse("extensions:extension_schedule", args=[row.extension.number])
    return reverse("extensions:team_schedule", args=[row.team_id]) if row.team_id else reverse("extensions:hours")
