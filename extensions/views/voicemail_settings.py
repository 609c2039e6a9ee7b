"""How boxes work: for the whole company, for a team, for one extension (VM-01, VM-03, VM-04, VM-06)."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as text
from django.utils.translation import gettext_lazy as _

from extensions.forms.settings import SettingsForm
from extensions.models import Extension, Mailbox, Team
from extensions.scopes import extensions_within, teams_within
from extensions.services.voicemail.settings import change_voicemail_settings
from extensions.settings.registry import Setting, starting_with
from extensions.settings.subjects import COMPANY, Subject
from extensions.views.settings import SettingsPage
from portal.permissions import Perm


class VoicemailSettings(SettingsPage, abstract=True):
    """The settings of the topic, with the rule that ties two of them together."""

    template = "voicemail/settings.html"

    def settings(self) -> list[Setting]:
        return starting_with("voicemail.")

    def perform(self, form: SettingsForm) -> str:
        change_voicemail_settings(
            subject=self.subject(), values=form.changed(), locks=form.locks(), by=self.request.user
        )
        return self.here()


class CompanyVoicemail(VoicemailSettings):
    permission = Perm.SETTING_UPDATE
    title = _("Voicemail of the company")
    lead = _("What holds for every box unless a team or an extension says otherwise.")

    def subject(self) -> Subject:
        return COMPANY


class TeamVoicemail(VoicemailSettings):
    permission = Perm.VOICEMAIL_UPDATE
    lead = _("What holds for the boxes of extensions whose home is this team.")

    def team(self) -> Team:
        if not hasattr(self, "_team"):
            rows = teams_within(self.request.user, Perm.VOICEMAIL_UPDATE)
            self._team = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self._team

    @property
    def title(self) -> str:
        return text("Voicemail of team %(name)s") % {"name": self.team().name}

    def subject(self) -> Subject:
        return Subject(team=self.team())

    def context(self) -> dict[str, Any]:
        return {"team": self.team()}


class ExtensionVoicemail(VoicemailSettings):
    permission = Perm.VOICEMAIL_UPDATE
    lead = _("How the box of this extension works.")

    def extension(self) -> Extension:
        if not hasattr(self, "_extension"):
            rows = extensions_within(self.request.user, Perm.VOICEMAIL_UPDATE)
            rows = rows.select_related("home_team", "mailbox__greeting")
            self._extension = get_object_or_404(rows, number=self.kwargs["number"])
        return self._extension

    @property
    def title(self) -> str:
        return text("Voicemail of %(extension)s") % {"extension": self.extension()}

    def subject(self) -> Subject:
        return Subject(extension=self.extension())

    def context(self) -> dict[str, Any]:
        return {"extension": self.extension(), "box": self._box()}

    def _box(self) -> Mailbox | None:
        return getattr(self.extension(), "mailbox", None)
