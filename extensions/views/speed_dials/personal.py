"""The speed dials of one extension: `extensions/<number>/speed-dials/` (SPD-01)."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from extensions.keys.speed_dials import dials_of
from extensions.models import Extension, SpeedDial
from extensions.tables.speed_dials import DialTable
from extensions.views.speed_dials.shared import DialCreate, DialDelete, DialEdit, DialList
from portal.permissions import Perm


class OfExtension:
    """The extension whose number is in the address."""

    kwargs: dict[str, Any]

    def extension(self) -> Extension:
        if not hasattr(self, "_extension"):
            self._extension: Extension = get_object_or_404(Extension, number=self.kwargs["number"])
        return self._extension

    def url(self, step: str = "list", *more: Any) -> str:
        names = {"list": "extension_speed_dials", "one": "extension_speed_dial"}
        name = names.get(step, f"extension_speed_dial_{step}")
        return reverse(f"extensions:{name}", args=[self.kwargs["number"], *more])

    def rows(self) -> QuerySet[SpeedDial]:
        return dials_of(self.extension())


class OwnDials(OfExtension, DialList):
    permission = Perm.SPEED_DIAL_READ
    table = DialTable


class OwnDialCreate(OfExtension, DialCreate):
    permission = Perm.SPEED_DIAL_UPDATE


class OwnDialEdit(OfExtension, DialEdit):
    permission = Perm.SPEED_DIAL_UPDATE


class OwnDialDelete(OfExtension, DialDelete):
    permission = Perm.SPEED_DIAL_UPDATE
