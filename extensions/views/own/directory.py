"""The directory: colleagues, their numbers and their status."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse

from extensions.filters.presence import PresenceFilter
from extensions.models import Extension
from extensions.presence_selectors import people
from extensions.tables.presence import DirectoryTable
from extensions.views.own.base import own_tabs
from portal.core.pages import ListPage
from portal.permissions import Perm


class MyDirectory(ListPage):
    permission = Perm.PRESENCE_READ
    template = "own/directory.html"
    table = DirectoryTable
    filter = PresenceFilter
    export_name = "directory"

    @property
    def tabs(self) -> list[dict[str, Any]]:
        """The tabs above the page."""
        return own_tabs(self.request)

    @property
    def may_dial(self) -> bool:
        """Whether numbers lead to a call."""
        return bool(self.request.user.may(Perm.OWN_DIAL))

    def rows(self) -> QuerySet[Extension]:
        return people()

    def page(self, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        context["table"].available = context["filter"].choices.available
        context["table"].may_dial = self.may_dial
        return super().page(context, status=status)
