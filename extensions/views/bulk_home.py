"""The home team of many extensions of the list at once (EXT-03)."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http.request import QueryDict
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from extensions.forms.team_choice import HomeChoice
from extensions.models import Extension, Team
from extensions.services.bulk import assign_home_team, moves_home
from extensions.views.bulk_choice import ChoiceFirst
from portal.permissions import Perm


class ExtensionsHome(ChoiceFirst):
    """First which team, then what would change."""

    permission = Perm.EXTENSION_UPDATE
    title = _("Assign home team")
    text = _("They take their settings from it from now on.")
    skipped_because = _("this is their home team already, or they are not in it")
    asked = "home"

    def question(self, data: QueryDict | None) -> HomeChoice:
        return HomeChoice(data)

    @property
    def team(self) -> Team | None:
        return self.choice.cleaned_data["home"] if self.is_chosen else None

    def carried(self) -> dict[str, Any]:
        return {"home": str(self.team or "")} if self.is_chosen else {}

    def fits(self) -> Q:
        return moves_home(self.team)

    def perform_chosen(self, rows: QuerySet[Extension], expected: int) -> int:
        return assign_home_team(rows=rows, team=self.team, expected=expected, by=self.request.user)

    def submit_label(self, changing: int) -> str:
        told = ngettext("Assign %(n)d extension to %(team)s", "Assign %(n)d extensions to %(team)s", changing)
        return told % {"n": changing, "team": self.team or gettext("the company")}

    def done_message(self, changed: int) -> str:
        return ngettext("%(n)d extension assigned.", "%(n)d extensions assigned.", changed) % {"n": changed}
