"""A schedule, an override, a calendar and a holiday for the access matrix."""

from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from extensions.models import Holiday, HolidayCalendar, Schedule, ScheduleOverride, Team
from tests.world import MARKERS


def values() -> dict[tuple[str, str], Any]:
    schema = connection.schema_name
    pk = 7000 + int(schema[1:])  # another one in every tenant
    name = MARKERS[schema]
    schedule, _new = Schedule.objects.get_or_create(pk=pk, defaults={"name": f"Hours {name}"})
    team, _new = Team.objects.get_or_create(pk=pk, defaults={"name": f"Hours {name}"})
    now = timezone.now()
    override, _new = ScheduleOverride.objects.get_or_create(
        pk=pk,
        defaults={"schedule": schedule, "mode": "closed", "starts_at": now, "ends_at": now + timedelta(hours=1)},
    )
    calendar, _new = HolidayCalendar.objects.get_or_create(pk=pk, defaults={"name": f"Days {name}"})
    holiday, _new = Holiday.objects.get_or_create(
        pk=pk,
        defaults={"calendar": calendar, "name": f"Day {name}", "kind": "date", "first_day": date(2027, 1, 1)},
    )
    return {
        ("extensions:schedule", "pk"): schedule.pk,
        ("extensions:override", "pk"): override.pk,
        ("extensions:holiday_calendar", "pk"): calendar.pk,
        ("extensions:holiday_edit", "pk"): holiday.pk,
        ("extensions:holiday_delete", "pk"): holiday.pk,
        ("extensions:team_schedule", "pk"): team.pk,
    }
