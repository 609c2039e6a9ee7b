"""The live board: the team directory with what telephones do, and the calls there are (MON-01, PRS-02, PRS-05)."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from extensions.board.board import Board, board
from extensions.board.chosen import ALL, FAVOURITES, Wanted
from extensions.board.parties import CallRow, call_with
from extensions.live_selectors import calls_now
from extensions.looks import DeviceState
from extensions.models import Extension
from extensions.presence_selectors import available_here
from extensions.services.live.favourites import toggle_favourite
from extensions.services.live.hang_up import CallOver, ask_to_hang_up
from extensions.views.live.base import LivePage
from portal.core.pages import ActionPage, Page
from portal.permissions import Perm

TILES, TEAMS, LIST = "tiles", "teams", "list"
VIEWS = ((TILES, _("Tiles"), "layout-grid"), (TEAMS, _("By team"), "users-group"), (LIST, _("List"), "list"))
LONGEST = 100  # characters of what is searched for


class LiveBoard(LivePage):
    permission = Perm.PRESENCE_READ
    template = "live/board.html"
    partial = "live/_board.html"

    @property
    def show(self) -> str:
        """Who is asked for: all or favourites."""
        return FAVOURITES if self.request.GET.get("show") == FAVOURITES else ALL

    @property
    def team(self) -> str:
        """The team that is asked for, as it was typed; empty for any."""
        return self._typed("team")

    @property
    def state(self) -> str:
        """Which state of the telephone is asked for; empty for any."""
        asked = self.request.GET.get("state", "")
        return asked if asked in DeviceState.values else ""

    @property
    def states(self) -> list[tuple[str, str]]:
        """What can be asked for."""
        return [(one.value, str(one.label)) for one in DeviceState]

    @property
    def q(self) -> str:
        return self._typed("q")

    def _typed(self, name: str) -> str:
        return self.request.GET.get(name, "")[:LONGEST].replace("\x00", "").strip()

    @property
    def view(self) -> str:
        asked = self.request.GET.get("view", TILES)
        return asked if asked in (TEAMS, LIST) else TILES

    @property
    def views(self) -> list[dict[str, Any]]:
        """The three ways to look at it."""
        kept = {"show": self.show, "team": self.team, "state": self.state, "q": self.q}
        return [
            {"label": label, "icon": icon, "active": key == self.view, "url": f"?{urlencode({**kept, 'view': key})}"}
            for key, label, icon in VIEWS
        ]

    def board(self) -> Board:
        wanted = Wanted(self.show, self.team, self.q, self.state, by_team=self.view == TEAMS)
        return board(self.request.user, wanted, available=available_here(), at=timezone.now())

    def context(self) -> dict[str, Any]:
        return {"board": self.board()}


class LiveChannels(LivePage):
    """Channels in use of those allowed: the tile of the start page (CUS-03)."""

    permission = Perm.PRESENCE_READ
    template = "live/channels.html"
    partial = "live/_today_tile.html"

    def context(self) -> dict[str, Any]:
        return {"live": calls_now(), "poll_url": self.poll_url}


class FavouriteToggle(ActionPage):
    """Mark a colleague as a favourite, or not any more."""

    permission = Perm.PRESENCE_READ

    def perform(self) -> str:
        if self.request.user.is_guest:
            raise Http404
        toggle_favourite(extension=get_object_or_404(Extension, number=self.kwargs["number"]), by=self.request.user)
        back = self.request.headers.get("Referer", "")
        allowed = url_has_allowed_host_and_scheme(back, {self.request.get_host()}, require_https=False)
        return back if allowed else reverse("extensions:live")


class HangUp(Page):
    """Ask first, then end a call. A call that is over, or another tenant's, is not found."""

    permission = Perm.LIVE_HANG_UP
    template = "live/hang_up.html"

    def row(self) -> CallRow:
        row = call_with(self.request.GET.get("leg", ""), self.request.user)
        if row is None:
            raise Http404
        return row

    def context(self) -> dict[str, Any]:
        return {"row": self.row()}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.row()
        try:
            ask_to_hang_up(leg_id=row.leg, words=f"{row.caller} → {row.callee}")
        except CallOver as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("The call ends."))
        return HttpResponseRedirect(reverse("extensions:live"))
