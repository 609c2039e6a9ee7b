"""Schedules: list, create, look at, change, copy (SCH-01, SCH-07, SCH-10)."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from extensions.callflow.hours import HoursState, hours_at
from extensions.filters.schedule import ScheduleFilter
from extensions.forms.schedules.schedule import CopyScheduleForm, CreateScheduleForm, ScheduleForm
from extensions.forms.schedules.week import with_copied_day
from extensions.models import HolidayCalendar, ScheduleOverride
from extensions.schedule_selectors import facts_of, schedules, schedules_within, uses_of, week_of_row
from extensions.services.schedules.edit import copy_schedule, create_schedule, edit_schedule
from extensions.services.schedules.problems import problems_of_schedule
from extensions.services.schedules.week import Preset
from extensions.tables.schedule import ScheduleTable
from extensions.views.schedules.week_picture import week_picture
from extensions.views.schedules.year_picture import year_picture
from portal.core.chips import chip_of
from portal.core.pages import FormPage, ListPage, Page, VersionedFormPage
from portal.core.wording import first_of
from portal.permissions import Perm

COPY_FROM, COPY_TO = "copy_from", "copy_to"


class ScheduleList(ListPage):
    permission = Perm.SCHEDULE_READ
    template = "schedules/schedule_list.html"
    table = ScheduleTable
    filter = ScheduleFilter
    export_name = "schedules"

    def rows(self) -> QuerySet[Any]:
        return schedules()


class ScheduleCreate(FormPage):
    permission = Perm.SCHEDULE_CREATE
    template = "schedules/schedule_create.html"
    form_class = CreateScheduleForm
    done_message = gettext_lazy("Schedule created.")

    def initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("preset", "")
        return {"preset": asked if asked in Preset.values else Preset.OFFICE.value}

    def perform(self, form: CreateScheduleForm) -> str:
        name = form.cleaned_data["name"]
        made = create_schedule(name=name, time_zone=None, week=form.week(), by=self.request.user)
        return reverse("extensions:schedule", args=[made.pk])


class ScheduleDetail(Page):
    permission = Perm.SCHEDULE_READ
    template = "schedules/schedule.html"

    def context(self) -> dict[str, Any]:
        schedule: Any = get_object_or_404(schedules(), pk=self.kwargs["pk"])
        facts, now = facts_of([schedule])[schedule.pk], timezone.now()
        today = now.astimezone(facts.zone).date()
        found, problems = hours_at(facts, now), problems_of_schedule(facts, today=today)
        overrides = ScheduleOverride.objects.filter(schedule=schedule, ends_at__gt=now).select_related(
            "by", "destination__extension", "destination__team", "destination__mailbox", "destination__announcement"
        )
        return {
            "schedule": schedule,
            "chip": chip_of(found.state),
            "week": week_picture(facts, now=now),
            "hours": week_of_row(schedule),
            "year": year_picture(today.year, holidays=facts.holidays, overrides=facts.overrides, today=today),
            "problems": problems,
            "past": [one for one in problems if one.code == "past_holiday"],
            "order": order_of_rules(found.state),
            "overrides": list(overrides.order_by("starts_at", "pk")),
            "uses": uses_of(schedule) if schedule.used else [],
            "facts": _facts(schedule, facts),
            "now": now,
        }


class OneSchedule(FormPage, abstract=True):
    """A form about a schedule that this person may change; others are not there."""

    permission = Perm.SCHEDULE_UPDATE

    def schedule(self) -> Any:
        if not hasattr(self, "_schedule"):
            within = schedules_within(self.request.user, self.permission)
            self._schedule = get_object_or_404(within, pk=self.kwargs["pk"])
        return self._schedule

    def page_url(self) -> str:
        return reverse("extensions:schedule", args=[self.schedule().pk])

    def context(self) -> dict[str, Any]:
        return {"schedule": self.schedule()}


class ScheduleEdit(OneSchedule, VersionedFormPage):
    permission = Perm.SCHEDULE_UPDATE
    template = "schedules/schedule_edit.html"
    form_class = ScheduleForm
    done_message = gettext_lazy("Schedule saved.")

    def current(self) -> Any:
        return self.schedule()

    def initial(self) -> dict[str, Any]:
        row = self.schedule()
        return {
            "name": row.name,
            "time_zone": row.time_zone,
            "week": week_of_row(row),
            "calendars": row.calendar_ids,
        }

    def form_arguments(self) -> dict[str, Any]:
        return {"calendars": HolidayCalendar.objects.order_by("name")}

    def context(self) -> dict[str, Any]:
        return {**super().context(), "weekdays": WEEKDAYS.items()}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "copy" not in request.POST:
            return super().post(request, *args, **kwargs)
        days = [int(day) for day in request.POST.getlist(COPY_TO) if day in set("0123456")]
        source = request.POST.get(COPY_FROM, "")
        data = request.POST
        if source in set("0123456"):
            data = with_copied_day(data, "week", int(source), days)
        return self.page({"form": self.build(data), "copied": True, **self.context()})

    def perform(self, form: ScheduleForm) -> str:
        edit_schedule(schedule=self.schedule(), by=self.request.user, **form.cleaned_data)
        return self.page_url()


class ScheduleCopy(OneSchedule):
    permission = Perm.SCHEDULE_CREATE
    template = "schedules/schedule_copy.html"
    form_class = CopyScheduleForm
    done_message = gettext_lazy("Schedule copied.")

    def initial(self) -> dict[str, Any]:
        return {"name": (_("Copy of %(name)s") % {"name": self.schedule().name})[:60]}

    def perform(self, form: CopyScheduleForm) -> str:
        made = copy_schedule(schedule=self.schedule(), name=form.cleaned_data["name"], by=self.request.user)
        return reverse("extensions:schedule", args=[made.pk])


def order_of_rules(deciding: HoursState | None = None) -> list[dict[str, Any]]:
    """The fixed order in which rules are asked (SCH-06), for people; the one that decides now is marked."""
    override = {HoursState.OVERRIDE_OPEN, HoursState.OVERRIDE_CLOSED, HoursState.OVERRIDE_SPECIAL}
    steps = [
        (_("Opened or closed by hand"), override),
        (_("Holiday"), {HoursState.HOLIDAY}),
        (_("Closed hours"), {HoursState.CLOSED}),
        (_("Break"), {HoursState.BREAK}),
        (_("Open"), {HoursState.OPEN}),
    ]
    return [{"label": label, "decides": deciding in states} for label, states in steps]


def _facts(schedule: Any, facts: Any) -> list[dict[str, Any]]:
    own = bool(schedule.time_zone)
    zone = facts.zone.key if own else _("%(zone)s (the company's)") % {"zone": facts.zone.key}
    return [
        {"label": _("Time zone"), "value": zone},
        {"label": _("Holiday calendars"), "value": first_of(schedule.calendar_names) or _("Only the global ones")},
    ]
