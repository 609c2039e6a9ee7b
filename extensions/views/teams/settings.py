"""What a team says for its members: the settings that they inherit, topic by topic."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from extensions.models import Team
from extensions.scopes import teams_within
from extensions.settings.registry import Setting, starting_with
from extensions.settings.subjects import Subject
from extensions.views.settings import SettingsPage
from extensions.views.teams.team import OneTeam
from portal.permissions import Perm


class TeamSettings(OneTeam, SettingsPage, abstract=True):
    """The settings of one topic, for those who may change that topic in this team. Declares `prefixes`."""

    template = "teams/team_settings.html"
    prefixes: tuple[str, ...] = ()
    topic = ""

    def reached(self) -> QuerySet[Team]:
        return teams_within(self.request.user, self.permission)

    def subject(self) -> Subject:
        return Subject(team=self.team())

    def settings(self) -> list[Setting]:
        return [one for prefix in self.prefixes for one in starting_with(prefix)]

    def context(self) -> dict[str, Any]:
        return {"team": self.team()}


class TeamHours(TeamSettings):
    permission = Perm.SCHEDULE_UPDATE
    prefixes = ("hours.",)
    topic = "hours"
    title = _("Hours of the team")
    lead = _("The team's own calls follow these hours, and members inherit them unless they have their own.")


class TeamVoicemail(TeamSettings):
    permission = Perm.VOICEMAIL_UPDATE
    prefixes = ("voicemail.",)
    topic = "voicemail"
    title = _("Voicemail of the team's members")
    lead = _("Members whose home team this is inherit it unless they have their own.")


class TeamRecording(TeamSettings):
    permission = Perm.CALL_CONTROL_UPDATE
    prefixes = ("recording.",)
    topic = "recording"
    title = _("Recording in the team")
    lead = _("Members whose home team this is inherit it unless they have their own.")


class TeamPresence(TeamSettings):
    permission = Perm.STATUS_UPDATE
    prefixes = ("presence.", "monitoring.")
    topic = "presence"
    title = _("Status in the team")
    lead = _("Members whose home team this is inherit it unless they have their own.")
