"""Who has which status: the list, one's history, and setting it for others (PRS-01, PRS-03)."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from extensions.filters.presence import HistoryFilter, PresenceFilter
from extensions.forms.statuses import WishForm
from extensions.models import Extension, PresenceChange, StatusKind, StatusSource
from extensions.presence_selectors import history, people, status_now, usable_statuses
from extensions.scopes import extensions_within
from extensions.services.presence import set_status, set_statuses
from extensions.tables.presence import HistoryTable, PresenceTable
from portal.core.bulk import NAMED, BulkPlan
from portal.core.errors import DomainError
from portal.core.pages import BulkPage, FormPage, ListPage
from portal.permissions import Perm


class StatusNotChosen(DomainError):
    """A set of people was picked, but no status that they should have."""


class PresenceList(ListPage):
    permission = Perm.PRESENCE_READ
    template = "presence/people.html"
    table = PresenceTable
    filter = PresenceFilter
    export_name = "status"

    def rows(self) -> QuerySet[Extension]:
        return people()

    def page(self, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        context["table"].available = context["filter"].choices.available
        return super().page(context, status=status)


class PresenceBulk(BulkPage):
    """One status for many people: those whom a manager reaches; the others are left as they are."""

    permission = Perm.PRESENCE_UPDATE
    template = "presence/bulk.html"
    list_page = PresenceList
    list_url = "extensions:presence"
    list_title = _("Team status")
    title = _("Set the status of many")
    text = _("Their telephones and the calls of their teams follow at once.")
    skipped_because = _("not in a team of yours")

    def wish_form(self) -> WishForm:
        if not hasattr(self, "_wish_form"):
            data = self.request.POST if "expected" in self.request.POST else None
            self._wish_form = WishForm(data, statuses=usable_statuses(by_themselves=False))
        return self._wish_form

    def plan(self, rows: QuerySet[Extension]) -> BulkPlan:
        mine = self._mine(rows)
        others = rows.exclude(pk__in=mine.values("pk"))
        names = [[str(one) for one in found.order_by("number")[:NAMED]] for found in (mine, others)]
        return BulkPlan(mine.count(), names[0], others.count(), names[1])

    def perform(self, rows: QuerySet[Extension], expected: int) -> int:
        form, at = self.wish_form(), timezone.now()
        if not form.is_valid():
            raise StatusNotChosen(_now("Choose the status, and until when it counts."))
        return set_statuses(rows=self._mine(rows), expected=expected, wish=form.wish(at), by=self.request.user, at=at)

    def page(self, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        return super().page({**context, "wish_form": self.wish_form()}, status=status)

    def submit_label(self, changing: int) -> str:
        return ngettext("Set the status of %(n)d person", "Set the status of %(n)d people", changing) % {"n": changing}

    def done_message(self, changed: int) -> str:
        return ngettext("Status of %(n)d person set.", "Status of %(n)d people set.", changed) % {"n": changed}

    def _mine(self, rows: QuerySet[Extension]) -> QuerySet[Extension]:
        return rows.filter(pk__in=extensions_within(self.request.user, self.permission).values("pk"))


class PresenceHistory(ListPage):
    permission = Perm.PRESENCE_READ
    template = "presence/history.html"
    table = HistoryTable
    filter = HistoryFilter
    export_name = "status-history"

    def extension(self) -> Extension:
        if not hasattr(self, "_extension"):
            self._extension = get_object_or_404(people(), number=self.kwargs["number"])
        return self._extension

    def rows(self) -> QuerySet[PresenceChange]:
        return history(self.extension())

    def context(self) -> dict[str, Any]:
        now = status_now(self.extension(), at=timezone.now(), available=str(StatusKind.AVAILABLE.label))
        return {"extension": self.extension(), "now": now}


class PresenceSet(FormPage):
    """Setting somebody's status, as a manager of one of their teams."""

    permission = Perm.PRESENCE_UPDATE
    template = "presence/set.html"
    form_class = WishForm
    done_message = _("Status set.")

    def extension(self) -> Extension:
        if not hasattr(self, "_extension"):
            mine = extensions_within(self.request.user, self.permission)
            self._extension = get_object_or_404(mine, number=self.kwargs["number"])
        return self._extension

    def form_arguments(self) -> dict[str, Any]:
        self.extension()
        return {"statuses": usable_statuses(by_themselves=False)}

    def context(self) -> dict[str, Any]:
        return {"extension": self.extension()}

    def perform(self, form: WishForm) -> str:
        at, by = timezone.now(), self.request.user
        set_status(extension=self.extension(), wish=form.wish(at), source=StatusSource.MANAGER, by=by, at=at)
        return reverse("extensions:presence_history", args=[self.extension().number])
