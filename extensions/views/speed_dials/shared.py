"""Everybody's speed dials, and what pages about personal ones share with them (SPD-01, SPD-02)."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from extensions.filters.speed_dials import SpeedDialFilter
from extensions.forms.speed_dials import SpeedDialForm
from extensions.keys.speed_dials import shared_dials
from extensions.models import Extension, SpeedDial
from extensions.services.speed_dials.edit import create_speed_dial, edit_speed_dial
from extensions.tables.speed_dials import SharedDialTable
from extensions.views.deletion import DeletePage
from portal.core.pages import FormPage, ListPage, VersionedFormPage
from portal.permissions import Perm


class Dials:
    """Whose speed dials a page is about: everybody's unless `extension` says otherwise."""

    kwargs: dict[str, Any]

    def extension(self) -> Extension | None:
        return None

    def url(self, step: str = "list", *more: Any) -> str:
        """The address of a page about this scope."""
        names = {"list": "speed_dials", "one": "speed_dial"}
        return reverse(f"extensions:{names.get(step, f'speed_dial_{step}')}", args=more)

    def rows(self) -> QuerySet[SpeedDial]:
        return shared_dials()

    def dial(self) -> SpeedDial:
        if not hasattr(self, "_dial"):
            rows = SpeedDial.objects.filter(extension=self.extension())
            self._dial: SpeedDial = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self._dial

    def context(self) -> dict[str, Any]:
        urls = {step: self.url(step) for step in ("list", "new", "import")}
        return {"extension": self.extension(), "urls": urls}


class DialList(Dials, ListPage, abstract=True):
    template = "speed_dials/dial_list.html"
    table = SharedDialTable
    filter = SpeedDialFilter
    export_name = "speed-dials"


class DialCreate(Dials, FormPage, abstract=True):
    template = "speed_dials/dial_form.html"
    form_class = SpeedDialForm
    done_message = _("Speed dial saved.")

    def perform(self, form: SpeedDialForm) -> str:
        create_speed_dial(extension=self.extension(), by=self.request.user, **form.cleaned_data)
        return self.url()


class DialEdit(Dials, VersionedFormPage, abstract=True):
    template = "speed_dials/dial_form.html"
    form_class = SpeedDialForm
    done_message = _("Speed dial saved.")

    def current(self) -> SpeedDial:
        return self.dial()

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.dial(), name) for name in ("code", "label", "number")}

    def context(self) -> dict[str, Any]:
        delete_url = self.url("delete", self.dial().pk)
        return {**super().context(), "dial": self.dial(), "delete_url": delete_url}

    def perform(self, form: SpeedDialForm) -> str:
        edit_speed_dial(dial=self.dial(), by=self.request.user, **form.cleaned_data)
        return self.url()


class DialDelete(Dials, DeletePage, abstract=True):
    def found(self) -> SpeedDial:
        return self.dial()

    def list_address(self) -> str:
        return self.url()

    def back(self) -> str:
        return self.url("one", self.dial().pk)

    def context(self) -> dict[str, Any]:
        return DeletePage.context(self)


class SharedDials(DialList):
    permission = Perm.SPEED_DIAL_READ


class SharedDialCreate(DialCreate):
    permission = Perm.SPEED_DIAL_UPDATE


class SharedDialEdit(DialEdit):
    permission = Perm.SPEED_DIAL_UPDATE


class SharedDialDelete(DialDelete):
    permission = Perm.SPEED_DIAL_UPDATE
