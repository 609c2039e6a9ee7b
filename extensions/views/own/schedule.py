"""My hours: what holds this week, and when it changes next."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from extensions.callflow.hours import hours_at
from extensions.callflow.presence import FOLLOWS, Phase
from extensions.own_week import week_of
from extensions.presence_selectors import moment
from extensions.schedule_selectors import facts_of, schedules
from extensions.settings.catalogue.hours import BREAKS, EXEMPT, HOURS
from extensions.settings.registry import settings_of
from extensions.settings.resolve import Effective
from extensions.settings.subjects import Subject, effective_settings
from extensions.status_picture import WORDS
from extensions.views.own.base import OwnPage
from portal.permissions import Perm

SHOWN = (HOURS, BREAKS, EXEMPT, FOLLOWS, *(phase.value for phase in Phase))


class MySchedule(OwnPage):
    permission = Perm.OWN_USE
    template = "own/schedule.html"

    def context(self) -> dict[str, Any]:
        held = effective_settings(Subject(extension=self.extension()), settings_of(SHOWN))
        found = {"extension": self.extension(), "hours": held[HOURS], "statuses": _statuses(held)}
        return found | _week(held) if held[HOURS].value else found


def _week(held: dict[str, Effective]) -> dict[str, Any]:
    hours, resting, at = held[HOURS].value, held[BREAKS].value, timezone.now()
    found = facts_of(schedules().filter(pk__in={one.pk for one in (hours, resting) if one}))
    schedule, breaks = found[hours.pk], found[resting.pk] if resting else None
    exempt = bool(held[EXEMPT].value)
    now = hours_at(schedule, at, breaks=breaks, exempt=exempt)
    until = moment(now.until.astimezone(schedule.zone), at) if now.until else ""
    week = week_of(schedule, at, breaks=breaks, exempt=exempt)
    return {"now": now, "until": until, "week": week, "zone": schedule.zone}


def _statuses(held: dict[str, Effective]) -> list[dict[str, Any]]:
    """Which status each state of the schedule brings, where the status follows it."""
    if not held[FOLLOWS].value:
        return []
    return [
        {"label": _("While %(state)s") % {"state": str(WORDS[phase]).lower()}, "value": held[phase.value].words}
        for phase in Phase
    ]
