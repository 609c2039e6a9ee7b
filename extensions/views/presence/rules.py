"""Whether and how statuses follow the schedule: for the company and for one extension (PRS-04). Teams: views.teams."""

from django.utils.translation import gettext as text
from django.utils.translation import gettext_lazy as _

from extensions.settings.registry import Setting, settings_of
from extensions.views.settings import SettingsPage
from extensions.views.subjects import OfCompany, OfExtension
from portal.permissions import Perm

RULES = ("presence.follows_schedule", "presence.when_open", "presence.when_break", "presence.when_closed")


class StatusRules(SettingsPage, abstract=True):
    """The four settings, on one level."""

    template = "presence/rules.html"

    def settings(self) -> list[Setting]:
        return settings_of(RULES)


class CompanyStatusRules(OfCompany, StatusRules):
    permission = Perm.STATUS_UPDATE
    title = _("Status by schedule")
    lead = _("What holds for everybody. Teams and single extensions can differ, unless it is locked here.")


class ExtensionStatusRules(OfExtension, StatusRules):
    """For managers of presence: in their teams; for administrators: everywhere."""

    permission = Perm.PRESENCE_UPDATE
    lead = _("The schedule is the one that counts for the extension's calls.")

    @property
    def title(self) -> str:
        return text("Status by schedule of %(extension)s") % {"extension": self.extension}
