"""Schedules, holidays, and the hours of company, teams and extensions."""

from django.urls import path, re_path

from extensions.views.schedules.calendar import (
    CalendarCreate,
    CalendarDetail,
    CalendarEdit,
    CalendarList,
    HolidayCreate,
    HolidayEdit,
)
from extensions.views.schedules.delete import CalendarDelete, HolidayDelete, ScheduleDelete
from extensions.views.schedules.hours import CompanyHours, ExtensionOwnHours, ExtensionSchedule, TeamSchedule
from extensions.views.schedules.many_holidays import HolidayImport, NationalHolidays
from extensions.views.schedules.override import OverrideEnd, ScheduleOverridePage
from extensions.views.schedules.schedule import (
    ScheduleCopy,
    ScheduleCreate,
    ScheduleDetail,
    ScheduleEdit,
    ScheduleList,
)

_EXTENSION = r"^extensions/(?P<number>[0-9]{3,5})/schedule"

urlpatterns = [
    path("schedules/", ScheduleList.as_view(), name="schedules"),
    path("schedules/new/", ScheduleCreate.as_view(), name="schedule_create"),
    path("schedules/<int:pk>/", ScheduleDetail.as_view(), name="schedule"),
    path("schedules/<int:pk>/edit/", ScheduleEdit.as_view(), name="schedule_edit"),
    path("schedules/<int:pk>/copy/", ScheduleCopy.as_view(), name="schedule_copy"),
    path("schedules/<int:pk>/override/", ScheduleOverridePage.as_view(), name="schedule_override"),
    path("schedules/<int:pk>/delete/", ScheduleDelete.as_view(), name="schedule_delete"),
    path("schedules/overrides/<int:pk>/end/", OverrideEnd.as_view(), name="override_end"),
    path("holidays/", CalendarList.as_view(), name="holiday_calendars"),
    path("holidays/new/", CalendarCreate.as_view(), name="holiday_calendar_create"),
    path("holidays/<int:pk>/", CalendarDetail.as_view(), name="holiday_calendar"),
    path("holidays/<int:pk>/edit/", CalendarEdit.as_view(), name="holiday_calendar_edit"),
    path("holidays/<int:pk>/add/", HolidayCreate.as_view(), name="holiday_calendar_add"),
    path("holidays/<int:pk>/national/", NationalHolidays.as_view(), name="holiday_calendar_national"),
    path("holidays/<int:pk>/import/", HolidayImport.as_view(), name="holiday_calendar_import"),
    path("holidays/<int:pk>/delete/", CalendarDelete.as_view(), name="holiday_calendar_delete"),
    path("holidays/days/<int:pk>/edit/", HolidayEdit.as_view(), name="holiday_edit"),
    path("holidays/days/<int:pk>/delete/", HolidayDelete.as_view(), name="holiday_delete"),
    path("settings/hours/", CompanyHours.as_view(), name="hours"),
    path("teams/<int:pk>/schedule/", TeamSchedule.as_view(), name="team_schedule"),
    re_path(rf"{_EXTENSION}/$", ExtensionSchedule.as_view(), name="extension_schedule"),
    re_path(rf"{_EXTENSION}/own/$", ExtensionOwnHours.as_view(), name="extension_own_hours"),
]
