"""My panel: the keys of one's own telephone as lamps in the browser (BLF-03, BLF-04)."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from extensions.board.panel import panel_of_lamps
from extensions.views.live.base import LivePage
from extensions.views.own.base import OwnPage
from portal.permissions import Perm


class MyPanel(OwnPage, LivePage):
    permission = Perm.OWN_KEYS
    template = "own/panel.html"
    partial = "own/_panel.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.own() is None:
            self.partial = ""  # the page says who can help; there is nothing to refresh
        return super().get(request, *args, **kwargs)

    def context(self) -> dict[str, Any]:
        extension, sheet = self.extension(), self.request.GET.get("page")
        return {"extension": extension, "panel": panel_of_lamps(extension, at=timezone.now(), sheet=sheet)}
