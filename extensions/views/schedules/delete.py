"""Deleting schedules, holiday calendars and holidays, with a look at what depends on them (TEN-13)."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from extensions.models import Holiday, HolidayCalendar, Schedule
from extensions.schedule_selectors import calendars
from extensions.views.deletion import DeletePage
from portal.permissions import Perm


class ScheduleDelete(DeletePage):
    permission = Perm.SCHEDULE_DELETE

    def found(self) -> Schedule:
        return get_object_or_404(Schedule, pk=self.kwargs["pk"])

    def back(self) -> str:
        return reverse("extensions:schedule", args=[self.row().pk])


class CalendarDelete(DeletePage):
    permission = Perm.SCHEDULE_DELETE

    def found(self) -> HolidayCalendar:
        return get_object_or_404(calendars(), pk=self.kwargs["pk"])

    def back(self) -> str:
        return reverse("extensions:holiday_calendar", args=[self.row().pk])

    def consequences(self) -> list[str]:
        count = self.row().size
        return [ngettext("%(n)d holiday goes with it.", "%(n)d holidays go with it.", count) % {"n": count}]


class HolidayDelete(DeletePage):
    permission = Perm.SCHEDULE_DELETE

    def found(self) -> Holiday:
        return get_object_or_404(Holiday.objects.select_related("calendar"), pk=self.kwargs["pk"])

    def list_address(self) -> str:
        return reverse("extensions:holiday_calendar", args=[self.row().calendar_id])

    def consequences(self) -> list[str]:
        return [_("Calls on this day follow the hours of the week again.")]
