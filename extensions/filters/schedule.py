"""Filters of the lists of schedules and of holiday calendars."""

import django_filters
from django.utils.translation import gettext_lazy as _

from extensions.models import HolidayCalendar, Schedule


class ScheduleFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Search"), field_name="name", lookup_expr="icontains")

    class Meta:
        model = Schedule
        fields: list[str] = []


class CalendarFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Search"), field_name="name", lookup_expr="icontains")

    class Meta:
        model = HolidayCalendar
        fields: list[str] = []
