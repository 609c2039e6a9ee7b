"""Filters of the lists of schedules and of holiday calendars."""

import django_filters
from django.utils.translation import gettext_lazy as _

from extensions.models import HolidayCalendar, Schedule
from portal.core.filters import PortalFilterSet


class ScheduleFilter(PortalFilterSet):
    q = django_filters.CharFilter(label=_("Search"), field_name="name", lookup_expr="icontains")

    class Meta:
        model = Schedule
        fields: list[str] = []


class CalendarFilter(PortalFilterSet):
    q = django_filters.CharFilter(label=_("Search"), field_name="name", lookup_expr="icontains")

    class Meta:
        model = HolidayCalendar
        fields: list[str] = []
