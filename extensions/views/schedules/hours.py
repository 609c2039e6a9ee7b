"""Which hours hold for the company, a team or an extension, and where calls go outside them (SCH-02 to SCH-05)."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from extensions.callflow.hours import hours_at
from extensions.forms.schedules.hours import SWITCH_LABELS, HoursForm
from extensions.models import Level
from extensions.schedule_selectors import facts_of, schedules
from extensions.scopes import extensions_within
from extensions.services.schedules.own_hours import give_own_hours
from extensions.services.schedules.switches import reset_hours
from extensions.settings.catalogue.hours import BREAKS, EXEMPT, HOURS
from extensions.settings.registry import Setting, starting_with
from extensions.settings.resolve import Effective
from extensions.settings.subjects import COMPANY
from extensions.views.schedules.week_picture import week_picture
from extensions.views.settings import RESET, SettingsPage
from extensions.views.subjects import OfCompany, OfExtension, OfTeam
from portal.core.chips import chip_of
from portal.core.pages import ActionPage
from portal.permissions import Perm


class HoursPage(SettingsPage, abstract=True):
    """The settings `hours.*` of one subject, with the week that results."""

    form_class = HoursForm
    template = "schedules/hours.html"
    done_message = gettext_lazy("Hours saved.")

    def settings(self) -> list[Setting]:
        return starting_with("hours.")

    def all_schedules(self) -> list[Any]:
        """Every schedule, read once: for the boxes and for the picture."""
        if not hasattr(self, "_schedules"):
            self._schedules = list(schedules().order_by("name"))
        return self._schedules

    def form_arguments(self) -> dict[str, Any]:
        switches = self.subject() == COMPANY
        self.arguments = {**super().form_arguments(), "schedules": self.all_schedules(), "switches": switches}
        return self.arguments

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.POST.get(RESET, "")
        if key not in {one.key for one in self.settings()}:
            return super().post(request, *args, **kwargs)
        reset_hours(subject=self.subject(), key=key, by=request.user)
        return self.redirect(self.here())

    def context(self) -> dict[str, Any]:
        held = self.arguments["holding"]
        locked = [(SWITCH_LABELS[key], _locked_words(held[key])) for key in SWITCH_LABELS if held[key].locked_by]
        return {
            "held": held,
            "locked": locked,
            "global_url": reverse("extensions:hours"),
            "breaks_words": breaks_words(held),
            **self._week(held),
        }

    def _week(self, held: Any) -> dict[str, Any]:
        chosen = [held[key].value for key in (HOURS, BREAKS)]
        ids = {one.pk for one in chosen if one is not None}
        facts = facts_of([one for one in self.all_schedules() if one.pk in ids])
        hours, breaks = (facts.get(one.pk) if one is not None else None for one in chosen)
        if hours is None:
            return {}
        now, exempt = timezone.now(), bool(held[EXEMPT].value)
        found = hours_at(hours, now, breaks=breaks, exempt=exempt)
        return {"week": week_picture(hours, now=now, breaks=breaks, exempt=exempt), "chip": chip_of(found.state)}


def breaks_words(held: Mapping[str, Effective]) -> str:
    """Whose breaks count, and for whom, as a sentence; empty where nobody has hours and nothing is said of breaks."""
    hours, breaks = held[HOURS].value, held[BREAKS]
    source = breaks.source
    everybody = source is not None and source.locked and source.level not in (Level.TEAM, Level.EXTENSION)
    if breaks.value is not None:
        words = _("For everybody, the breaks of “%(name)s” count.") if everybody else _("Breaks: those of “%(name)s”.")
        return words % {"name": breaks.value.name}
    here = _("Breaks: those of the office hours “%(name)s”.") % {"name": hours.name} if hours else ""
    if not everybody:
        return here
    words = _("Nobody can choose other breaks: everybody has those of the office hours that count for them.")
    return f"{here} {words}".strip()


def _locked_words(held: Effective) -> str:
    if held.setting.key == BREAKS and held.value is None:
        return _("The breaks of the office hours count, with the company's action. Neither can be changed here.")
    return _("The company's hours and their action count here and cannot be changed.")


class CompanyHours(OfCompany, HoursPage):
    permission = Perm.SETTING_UPDATE
    title = gettext_lazy("Company hours")
    lead = gettext_lazy("What counts for everybody who has no other hours; with the switches on, for everybody.")


class TeamSchedule(OfTeam, HoursPage):
    permission = Perm.SCHEDULE_UPDATE
    template = "schedules/team_schedule.html"
    lead = gettext_lazy("What counts for calls to the team, and for extensions that inherit from it.")


class ExtensionSchedule(OfExtension, HoursPage):
    permission = Perm.SCHEDULE_UPDATE
    template = "schedules/extension_schedule.html"
    lead = gettext_lazy("When this extension is open, and where its calls go when it is not.")

    def context(self) -> dict[str, Any]:
        held = self.arguments["holding"][HOURS]
        own = held.here and held.source.level == Level.EXTENSION and held.value is not None
        more = {"own": held.value if own else None, "may_own": held.locked_by is None and not own}
        return {**super().context(), **more}


class ExtensionOwnHours(ActionPage):
    """A new schedule, and a change to the extension: only where the person may change its hours."""

    permission = Perm.SCHEDULE_CREATE
    done_message = gettext_lazy("This extension has hours of its own now.")

    def perform(self) -> str:
        within = extensions_within(self.request.user, Perm.SCHEDULE_UPDATE)
        extension = get_object_or_404(within.select_related("home_team"), number=self.kwargs["number"])
        made = give_own_hours(extension=extension, by=self.request.user)
        return reverse("extensions:schedule_edit", args=[made.pk])

    def refused_to(self) -> str:
        return reverse("extensions:extension_schedule", args=[self.kwargs["number"]])
