"""Whether and how statuses follow the schedule: for the company and for one extension (PRS-04). Teams: views.teams."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as text
from django.utils.translation import gettext_lazy as _

from extensions.models import Extension
from extensions.scopes import extensions_within
from extensions.settings.registry import Setting, settings_of
from extensions.settings.subjects import COMPANY, Subject
from extensions.views.settings import SettingsPage
from portal.permissions import Perm

RULES = ("presence.follows_schedule", "presence.when_open", "presence.when_break", "presence.when_closed")


class StatusRules(SettingsPage, abstract=True):
    """The four settings, on one level."""

    def settings(self) -> list[Setting]:
        return settings_of(RULES)


class CompanyStatusRules(StatusRules):
    permission = Perm.STATUS_UPDATE
    title = _("Status by schedule")
    lead = _("What holds for everybody. Teams and single extensions can differ, unless it is locked here.")

    def subject(self) -> Subject:
        return COMPANY


class ExtensionStatusRules(StatusRules):
    """For managers of presence: in their teams; for administrators: everywhere."""

    permission = Perm.PRESENCE_UPDATE
    template = "presence/rules.html"
    lead = _("The schedule is the one that counts for the extension's calls.")

    def extension(self) -> Extension:
        if not hasattr(self, "_extension"):
            rows = extensions_within(self.request.user, self.permission).select_related("home_team")
            self._extension = get_object_or_404(rows, number=self.kwargs["number"])
        return self._extension

    @property
    def title(self) -> str:
        return text("Status by schedule of %(extension)s") % {"extension": self.extension()}

    def subject(self) -> Subject:
        return Subject(extension=self.extension())

    def context(self) -> dict[str, Any]:
        return {"extension": self.extension()}
