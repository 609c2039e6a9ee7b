"""Holiday calendars and the holidays in them (SCH-05)."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from extensions.filters.schedule import CalendarFilter
from extensions.forms.schedules.holiday import CalendarForm, HolidayForm, as_time
from extensions.models import Holiday, HolidayCalendar, HolidayKind
from extensions.schedule_selectors import calendars, calendars_within, company_zone, schedules_within
from extensions.scopes import holds_everywhere
from extensions.services.schedules.holidays import create_calendar, create_holiday, edit_calendar, edit_holiday
from extensions.tables.schedule import CalendarTable
from extensions.views.schedules.holiday_rows import holiday_rows, year_of_calendar
from portal.core.pages import FormPage, ListPage, Page, VersionedFormPage
from portal.permissions import Perm


class CalendarList(ListPage):
    permission = Perm.SCHEDULE_READ
    template = "schedules/calendar_list.html"
    table = CalendarTable
    filter = CalendarFilter
    export_name = "holiday-calendars"

    def rows(self) -> QuerySet[HolidayCalendar]:
        return calendars()


class CalendarDetail(Page):
    permission = Perm.SCHEDULE_READ
    template = "schedules/calendar.html"

    def context(self) -> dict[str, Any]:
        calendar = get_object_or_404(calendars(), pk=self.kwargs["pk"])
        today = timezone.now().astimezone(company_zone()).date()
        rows = list(_holidays_of(calendar))
        return {
            "calendar": calendar,
            "rows": holiday_rows(rows, today=today),
            "year": year_of_calendar(calendar, rows, today=today),
            "schedules": list(calendar.schedules.order_by("name")),
        }


class CalendarCreate(FormPage):
    permission = Perm.SCHEDULE_CREATE
    template = "schedules/calendar_create.html"
    form_class = CalendarForm
    done_message = _("Calendar created. Now add its holidays.")

    def form_arguments(self) -> dict[str, Any]:
        return {"schedules": schedules_within(self.request.user, Perm.SCHEDULE_UPDATE).order_by("name")}

    def perform(self, form: CalendarForm) -> str:
        made = create_calendar(by=self.request.user, **form.cleaned_data)
        return reverse("extensions:holiday_calendar", args=[made.pk])


class OneCalendar(FormPage, abstract=True):
    """A form about a calendar that this person may change; others are not there."""

    permission = Perm.SCHEDULE_UPDATE

    def calendar(self) -> HolidayCalendar:
        if not hasattr(self, "_calendar"):
            within = calendars_within(self.request.user, self.permission)
            self._calendar = get_object_or_404(within, pk=self.kwargs["pk"])
        return self._calendar

    def page_url(self) -> str:
        return reverse("extensions:holiday_calendar", args=[self.calendar().pk])

    def context(self) -> dict[str, Any]:
        return {"calendar": self.calendar()}


class CalendarEdit(OneCalendar, VersionedFormPage):
    permission = Perm.SCHEDULE_UPDATE
    template = "schedules/calendar_edit.html"
    form_class = CalendarForm
    done_message = _("Calendar saved.")

    def current(self) -> HolidayCalendar:
        return self.calendar()

    def initial(self) -> dict[str, Any]:
        row = self.calendar()
        attached = list(row.schedules.values_list("pk", flat=True))
        return {"name": row.name, "is_global": row.is_global, "schedules": attached}

    def form_arguments(self) -> dict[str, Any]:
        user = self.request.user
        return {
            "schedules": schedules_within(user, Perm.SCHEDULE_UPDATE).order_by("name"),
            "everybody": holds_everywhere(user, Perm.SCHEDULE_UPDATE),
        }

    def perform(self, form: CalendarForm) -> str:
        facts = {"is_global": self.calendar().is_global, **form.cleaned_data}
        everywhere = "is_global" in form.fields
        among = None if everywhere else [one.pk for one in form.fields["schedules"].queryset]
        edit_calendar(calendar=self.calendar(), among=among, by=self.request.user, **facts)
        return self.page_url()


class HolidayCreate(OneCalendar):
    permission = Perm.SCHEDULE_UPDATE
    template = "schedules/holiday_edit.html"
    form_class = HolidayForm
    done_message = _("Holiday added.")

    def initial(self) -> dict[str, Any]:
        return {"kind": HolidayKind.DATE.value}

    def form_arguments(self) -> dict[str, Any]:
        return {"uploads": self.request.user.may(Perm.AUDIO_CREATE)}

    def perform(self, form: HolidayForm) -> str:
        create_holiday(calendar=self.calendar(), draft=form.draft(), by=self.request.user, sound=_sound(form))
        return self.page_url()


class HolidayEdit(OneCalendar, VersionedFormPage):
    permission = Perm.SCHEDULE_UPDATE
    template = "schedules/holiday_edit.html"
    form_class = HolidayForm
    done_message = _("Holiday saved.")

    def holiday(self) -> Holiday:
        if not hasattr(self, "_holiday"):
            within = calendars_within(self.request.user, self.permission)
            rows = Holiday.objects.filter(calendar__in=within.order_by())
            pointed = [f"destination__{name}" for name in ("extension", "team", "mailbox", "announcement")]
            self._holiday = get_object_or_404(
                rows.select_related("calendar", "destination", *pointed), pk=self.kwargs["pk"]
            )
        return self._holiday

    def calendar(self) -> HolidayCalendar:
        return self.holiday().calendar

    def current(self) -> Holiday:
        return self.holiday()

    def initial(self) -> dict[str, Any]:
        row = self.holiday()
        names = ("name", "kind", "first_day", "last_day", "nth", "weekday", "month", "recurring")
        facts = {name: getattr(row, name) for name in names}
        return {**facts, "starts": as_time(row.starts), "ends": as_time(row.ends), "target": row.destination}

    def form_arguments(self) -> dict[str, Any]:
        return {"uploads": self.request.user.may(Perm.AUDIO_CREATE)}

    def context(self) -> dict[str, Any]:
        return {**super().context(), "holiday": self.holiday()}

    def perform(self, form: HolidayForm) -> str:
        version = form.cleaned_data["version"]
        facts = {"draft": form.draft(), "sound": _sound(form)}
        edit_holiday(holiday=self.holiday(), version=version, by=self.request.user, **facts)
        return self.page_url()


def _sound(form: HolidayForm) -> tuple[Any, datetime] | None:
    file = form.cleaned_data.get("file")
    return (file, timezone.now()) if file else None


def _holidays_of(calendar: HolidayCalendar) -> QuerySet[Holiday]:
    pointed = [f"destination__{name}" for name in ("extension", "team", "mailbox", "announcement")]
    rows = calendar.holidays.select_related("destination", *pointed)
    return rows.order_by("first_day", "month", "name", "pk")
