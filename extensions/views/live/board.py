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

from extensions.board.board import ALL, FAVOURITES, Board, CallRow, Wanted, board
from extensions.looks import DeviceState
from extensions.models import Extension
from extensions.pbx.live.reader import live_now
from extensions.presence_selectors import Choices, choices
from extensions.services.live.favourites import toggle_favourite
from extensions.services.live.hang_up import CallOver, ask_to_hang_up
from extensions.views.live.base import LivePage
from portal.core.pages import ActionPage, Page
from portal.permissions import Perm

VIEWS = (("tiles", _("Tiles"), "layout-grid"), ("list", _("List"), "list"))


class LiveBoard(LivePage):
    permission = Perm.PRESENCE_READ
    template = "live/board.html"
    partial = "live/_board.html"

    def choices(self) -> Choices:
        """Statuses and teams, read once."""
        if not hasattr(self, "_choices"):
            self._choices = choices()
        return self._choices

    @property
    def show(self) -> str:
        """Who is asked for: all, favourites, or a team that exists."""
        asked = self.request.GET.get("show", ALL)
        known = {FAVOURITES, *(key for key, _name in self.choices().teams)}
        return asked if asked in known else ALL

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
        return self.request.GET.get("q", "")[:100].replace("\x00", "")

    @property
    def view(self) -> str:
        return "list" if self.request.GET.get("view") == "list" else "tiles"

    @property
    def views(self) -> list[dict[str, Any]]:
        """The two ways to look at it."""
        kept = {"show": self.show, "state": self.state, "q": self.q}
        return [
            {"label": label, "icon": icon, "active": key == self.view, "url": f"?{urlencode({**kept, 'view': key})}"}
            for key, label, icon in VIEWS
        ]

    def board(self) -> Board:
        available = self.choices().available
        wanted = Wanted(show=self.show, q=self.q, state=self.state)
        return board(self.request.user, wanted, available=available, at=timezone.now())

    def context(self) -> dict[str, Any]:
        return {"board": self.board(), "teams": self.choices().teams}


class LiveChannels(LivePage):
    """Channels in use of those allowed: the tile of the start page (CUS-03)."""

    permission = Perm.PRESENCE_READ
    template = "live/channels.html"
    partial = "live/_today_tile.html"

    def context(self) -> dict[str, Any]:
        return {"live": live_now(), "poll_url": self.poll_url}


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
        leg = self.request.GET.get("leg", "")
        found = board(self.request.user, Wanted(), available="", at=timezone.now())
        row = next((one for one in found.calls or () if leg and any(leg == had.id for had in one.call.legs)), None)
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
