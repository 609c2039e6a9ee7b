"""Who is in a team, in which order: two lists, with buttons for everything (TEAM-01, TEAM-02, TEAM-05)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from extensions.forms.team import MembersForm
from extensions.models import Team
from extensions.scopes import teams_within
from extensions.services.teams.members import set_members
from extensions.team_selectors import Member, candidates, named_members
from extensions.views.teams.team import OneTeam
from portal.core.errors import DomainError
from portal.core.pages import VersionedFormPage
from portal.core.pages.versions import Disputed
from portal.core.versions import ChangedMeanwhile
from portal.permissions import Perm


class TeamMembers(OneTeam, VersionedFormPage):
    """The page carries the order as hidden fields. “Add”, “Remove”, “Up” and “Down” change only what it carries.

    Saving takes along what is still ticked, so that nobody is told “saved” about people who were left out.
    """

    permission = Perm.TEAM_UPDATE
    template = "teams/team_members.html"
    form_class = MembersForm
    done_message = gettext_lazy("Members saved.")

    def reached(self) -> QuerySet[Team]:
        return teams_within(self.request.user, self.permission)

    def current(self) -> Team:
        return self.team()

    def initial(self) -> dict[str, Any]:
        rows = self.team().memberships.order_by("position")
        return {"member": list(rows.values_list("extension_id", flat=True))}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("do") == "save" or not self._asked():
            return super().post(request, *args, **kwargs)
        form = self.build(request.POST)
        if not form.is_valid():
            return self.page({"form": form, **self.context()}, status=422)
        form.data = form.data.copy()
        form.data.setlist("member", [str(one) for one in self._rearranged(form.cleaned_data["member"])])
        return self.page({"form": form, "unsaved": True, **self.context()})

    def page(self, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        form = context["form"]
        order = form["member"].value() or []
        members = named_members([int(one) for one in order if str(one).isdecimal() and len(str(one)) < 19])
        search = " ".join(self.request.POST.get("q", "").split())[:80]
        others, count = candidates([member.extension.pk for member in members], search)
        shown = {"team": self.team(), "members": members, "others": others, "count": count, "search": search}
        return super().page({**shown, **context}, status=status)

    def refused(self, form: Any, refusal: DomainError) -> HttpResponse:
        if not isinstance(refusal, ChangedMeanwhile):
            return super().refused(form, refusal)
        form.data = form.data.copy()
        form.data["version"] = str(refusal.current.version)
        theirs, yours = named_members(self.initial()["member"]), named_members(form.cleaned_data["member"])
        disputed = [Disputed(_("Members in order"), _names(theirs), _names(yours))] if theirs != yours else []
        return self.page({"form": form, "conflict": True, "disputed": disputed}, status=409)

    def perform(self, form: MembersForm) -> str:
        facts = form.cleaned_data
        order = self._rearranged(facts["member"])
        set_members(team=self.team(), members=order, version=facts["version"], by=self.request.user)
        return self.back()

    def _asked(self) -> bool:
        return any(name in self.request.POST for name in ("do", "up", "down"))

    def _rearranged(self, order: list[int]) -> list[int]:
        """The order after the button that was pressed."""
        posted = self.request.POST
        done = posted.get("do")
        if done in ("remove", "save"):
            taken = set(_numbers(posted.getlist("take")))
            order = [one for one in order if one not in taken]
        if done in ("add", "save"):  # whoever ticked people and saves means them, too
            order = [*order, *(one for one in _numbers(posted.getlist("add")) if one not in order)]
        for name, step in (("up", -1), ("down", 1)):
            for one in _numbers(posted.getlist(name)):
                return _moved(order, one, step)
        return order


def _numbers(values: Sequence[str]) -> list[int]:
    return [int(one) for one in values if one.isascii() and one.isdecimal() and len(one) < 19]


def _moved(order: list[int], one: int, step: int) -> list[int]:
    if one not in order:
        return order
    place = order.index(one)
    target = min(max(place + step, 0), len(order) - 1)
    rest = [*order[:place], *order[place + 1 :]]
    return [*rest[:target], one, *rest[target:]]


def _names(members: list[Member]) -> str:
    return ", ".join(str(member.extension) for member in members)
