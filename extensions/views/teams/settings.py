"""What a team says about the status of its members; hours, voicemail and calls stand with their own topics."""

from django.db.models import QuerySet
from django.utils.translation import gettext as text
from django.utils.translation import gettext_lazy as _

from extensions.models import Team
from extensions.scopes import teams_within
from extensions.settings.registry import Setting, starting_with
from extensions.settings.subjects import Subject
from extensions.views.settings import SettingsPage
from extensions.views.teams.team import OneTeam
from portal.permissions import Perm


class TeamPresence(OneTeam, SettingsPage):
    permission = Perm.STATUS_UPDATE
    lead = _("What holds for the extensions whose home is this team, unless they have their own.")

    @property
    def title(self) -> str:
        return text("Status in the team %(name)s") % {"name": self.team().name}

    def reached(self) -> QuerySet[Team]:
        return teams_within(self.request.user, self.permission)

    def subject(self) -> Subject:
        return Subject(team=self.team())

    def settings(self) -> list[Setting]:
        return [*starting_with("presence."), *starting_with("monitoring.")]
