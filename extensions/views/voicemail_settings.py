"""How boxes work: for the whole company, for a team, for one extension (VM-01, VM-03, VM-04, VM-06)."""

from typing import Any

from django.utils.translation import gettext as text
from django.utils.translation import gettext_lazy as _

from extensions.forms.settings import SettingsForm
from extensions.services.voicemail.settings import change_voicemail_settings
from extensions.settings.registry import Setting, starting_with
from extensions.views.settings import SettingsPage
from extensions.views.subjects import OfCompany, OfExtension, OfTeam
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


class CompanyVoicemail(OfCompany, VoicemailSettings):
    permission = Perm.SETTING_UPDATE
    title = _("Voicemail of the company")
    lead = _("What holds for every box unless a team or an extension says otherwise.")


class TeamVoicemail(OfTeam, VoicemailSettings):
    permission = Perm.VOICEMAIL_UPDATE
    lead = _("What holds for the boxes of extensions whose home is this team.")

    @property
    def title(self) -> str:
        return text("Voicemail of team %(name)s") % {"name": self.team.name}


class ExtensionVoicemail(OfExtension, VoicemailSettings):
    permission = Perm.VOICEMAIL_UPDATE
    lead = _("How the box of this extension works.")
    joins = ("home_team", "mailbox__greeting")

    @property
    def title(self) -> str:
        return text("Voicemail of %(extension)s") % {"extension": self.extension}

    def context(self) -> dict[str, Any]:
        return {**super().context(), "box": getattr(self.extension, "mailbox", None)}
