"""Which team, asked before a bulk action says what it would change."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as text
from django.utils.translation import gettext_lazy as _

from extensions.forms.pickers import TeamPicker
from extensions.models import Team
from portal.core.forms import PortalForm


class TeamChoice(PortalForm):
    """One of the teams `within`."""

    team = TeamPicker(label=_("Team"), required=True, error_messages={"required": _("Say which team.")})

    def __init__(self, *args: Any, within: QuerySet[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.within = within

    def clean_team(self) -> Team | None:
        team = self.cleaned_data["team"]
        if team is not None and not self.within.filter(pk=team.pk).exists():
            self.add_error("team", text("You may not change this team."))
        return team


class HomeChoice(PortalForm):
    """A home team, or none."""

    home = TeamPicker(label=_("Home team"), help_text=_("Empty: none, they take their settings from the company."))
