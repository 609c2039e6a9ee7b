"""My speed dials: personal ones, beside everybody's (SPD-01, SPD-02)."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from extensions.models import Extension
from extensions.presence_selectors import own_extension
from extensions.tables.own import MyDialTable
from extensions.views.own.base import OwnPage, own_tabs
from extensions.views.speed_dials.personal import OfExtension
from extensions.views.speed_dials.shared import DialCreate, DialDelete, DialEdit, DialList
from portal.permissions import Perm


class OwnDialPages(OfExtension):
    """Those of whoever asks; a dial of somebody else is not there."""

    request: Any

    @property
    def tabs(self) -> list[dict[str, Any]]:
        """The tabs above the page."""
        return own_tabs(self.request)

    def extension(self) -> Extension:
        if not hasattr(self, "_extension"):
            found = own_extension(self.request.user)
            if found is None:
                raise Http404
            self._extension = found
        return self._extension

    def url(self, step: str = "list", *more: Any) -> str:
        names = {"list": "me_speed_dials", "one": "me_speed_dial"}
        return reverse(f"extensions:{names.get(step, f'me_speed_dial_{step}')}", args=more)

    def context(self) -> dict[str, Any]:
        return {"extension": self.extension(), "urls": {step: self.url(step) for step in ("list", "new")}}


class MyDials(OwnDialPages, OwnPage, DialList):
    permission = Perm.OWN_SPEED_DIAL
    template = "own/speed_dials.html"
    table = MyDialTable


class MyDialCreate(OwnDialPages, DialCreate):
    permission = Perm.OWN_SPEED_DIAL
    template = "own/speed_dial.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.extension()
        return super().get(request, *args, **kwargs)


class MyDialEdit(OwnDialPages, DialEdit):
    permission = Perm.OWN_SPEED_DIAL
    template = "own/speed_dial.html"

    def context(self) -> dict[str, Any]:
        return {**super().context(), "dial": self.dial(), "delete_url": self.url("delete", self.dial().pk)}


class MyDialDelete(OwnDialPages, DialDelete):
    permission = Perm.OWN_SPEED_DIAL

    def context(self) -> dict[str, Any]:
        return DialDelete.context(self)
