"""The lists of schedules and of holiday calendars."""

from datetime import datetime
from typing import Any

import django_tables2 as tables
from django.core.paginator import Page as Sheet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_countries import countries

from extensions.callflow.hours import HoursResult, hours_at
from extensions.models import HolidayCalendar
from extensions.schedule_selectors import company_zone, facts_of
from extensions.snapshot.facts import ScheduleFacts
from portal.core.chips import chip_of
from portal.core.tables import PortalTable
from portal.core.templatetags.look import chip
from portal.core.wording import first_of


class ScheduleTable(PortalTable):
    name = tables.Column(verbose_name=_("Name"))
    zone = tables.Column(verbose_name=_("Time zone"), orderable=False)
    state = tables.Column(verbose_name=_("Now"), orderable=False)
    until = tables.Column(verbose_name=_("Until"), orderable=False)
    holidays = tables.Column(verbose_name=_("Holiday calendars"), orderable=False)
    used = tables.Column(verbose_name=_("Used by"), order_by=("used",))

    default_sort = "name"
    numeric = ("used",)
    secondary = ("zone", "holidays")
    empty_title = _("No schedules yet")
    empty_text = _("A schedule says when you are open. Where calls go then is said where it is used.")

    def show(self, sheet: Sheet) -> None:
        super().show(sheet)
        self.keep(sheet)

    def keep(self, rows: Any) -> None:
        """Read what holds now for these rows, at once."""
        self.now: datetime = timezone.now()
        self.facts: dict[int, ScheduleFacts] = facts_of(rows)
        self.results: dict[int, HoursResult] = {pk: hours_at(one, self.now) for pk, one in self.facts.items()}

    def values(self, records: Any) -> Any:
        found = list(records)
        self.keep(found)
        shown = self.visible()
        return ([self.value(key, record) for key in shown] for record in found)

    def row_url(self, record: Any) -> str:
        return reverse("extensions:schedule", args=[record.pk])

    def cell_name(self, record: Any) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.row_url(record), record.name)

    def value_zone(self, record: Any) -> str:
        return str(record.time_zone or company_zone().key)

    def value_state(self, record: Any) -> str:
        return str(self.results[record.pk].state.label)

    def cell_state(self, record: Any) -> SafeString:
        found = self.results[record.pk]
        return format_html('{} <span class="muted">{}</span>', chip(chip_of(found.state)), found.rule)

    def value_until(self, record: Any) -> datetime | None:
        return self.results[record.pk].until

    def value_holidays(self, record: Any) -> str:
        return ", ".join(record.calendar_names)

    def cell_holidays(self, record: Any) -> str:
        return first_of(record.calendar_names)


class CalendarTable(PortalTable):
    name = tables.Column(verbose_name=_("Name"))
    size = tables.Column(verbose_name=_("Holidays"), order_by=("size",))
    counts_for = tables.Column(verbose_name=_("Counts for"), orderable=False)
    source = tables.Column(verbose_name=_("Country and region"), order_by=("country", "region"))

    default_sort = "name"
    numeric = ("size",)
    secondary = ("source",)
    empty_title = _("No holiday calendars yet")
    empty_text = _("A calendar is a list of holidays that several schedules can share.")

    def row_url(self, record: HolidayCalendar) -> str:
        return reverse("extensions:holiday_calendar", args=[record.pk])

    def cell_name(self, record: HolidayCalendar) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.row_url(record), record.name)

    def value_counts_for(self, record: Any) -> str:
        if record.is_global:
            return str(_("Everybody"))
        return ngettext("%(n)d schedule", "%(n)d schedules", record.used) % {"n": record.used}

    def value_source(self, record: HolidayCalendar) -> str:
        return ", ".join(part for part in (countries.name(record.country), record.region) if part)
