"""Opening or closing a schedule for a while, and going back before (SCH-09)."""

from datetime import datetime, time, timedelta
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from extensions.forms.schedules.schedule import OverrideForm
from extensions.models import OverrideMode, ScheduleOverride
from extensions.schedule_selectors import company_zone, schedules_within
from extensions.services.schedules.overrides import end_override, override_schedule
from extensions.views.schedules.schedule import OneSchedule
from portal.core.pages import ActionPage
from portal.permissions import Perm


class ScheduleOverridePage(OneSchedule):
    """“Open until…”, “Closed until…”, “Special until…”: the address may say which (`?mode=closed`)."""

    permission = Perm.SCHEDULE_OVERRIDE
    template = "schedules/schedule_override.html"
    form_class = OverrideForm
    done_message = _("Set. It ends by itself.")

    def initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("mode", "")
        return {
            "mode": asked if asked in OverrideMode.values else OverrideMode.CLOSED.value,
            "ends_at": self._end_of_day(),
        }

    def form_arguments(self) -> dict[str, Any]:
        return {"zone": self.schedule().time_zone or company_zone()}

    def perform(self, form: OverrideForm) -> str:
        facts = form.cleaned_data
        override_schedule(
            schedule=self.schedule(),
            mode=OverrideMode(facts["mode"]),
            ends_at=facts["ends_at"],
            reason=facts["reason"],
            target=facts["target"],
            by=self.request.user,
            at=timezone.now(),
        )
        return self.page_url()

    def _end_of_day(self) -> datetime:
        now = timezone.now().astimezone(self.form_arguments()["zone"])
        return datetime.combine(now.date() + timedelta(days=1), time())  # noqa: DTZ001 - a clock on the wall


class OverrideEnd(ActionPage):
    permission = Perm.SCHEDULE_OVERRIDE
    done_message = _("Back to the hours of the schedule.")

    def perform(self) -> str:
        within = schedules_within(self.request.user, self.permission).order_by().values("pk")
        rows = ScheduleOverride.objects.select_related("destination").filter(schedule__in=within)
        override = get_object_or_404(rows, pk=self.kwargs["pk"])
        end_override(override=override, by=self.request.user, at=timezone.now())
        return reverse("extensions:schedule", args=[override.schedule_id])
