"""Bulk actions of a list: POST what was picked, look at what would change, POST again, back to the list."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from portal.core.bulk import NAMED, BulkPlan, Picked
from portal.core.errors import DomainError
from portal.core.pages.base import Page
from portal.core.pages.lists import ListPage


class BulkPage(Page, abstract=True):
    """One verb on many rows of `list_page`; only rows that the list shows this person can be reached.

    The first POST shows what would change, the second, which carries that number as `expected`, does it. Declares the
    words of the confirm page and says how to `plan` and `perform`.
    """

    http_method_names = ["post", "options"]
    template = "bulk.html"
    list_page: type[ListPage]
    list_url: str
    list_title: Any = ""
    title: Any = ""
    text: Any = ""
    skipped_because: Any = ""
    danger = False

    def carried(self) -> dict[str, Any]:
        """What else the confirm page must send along: names and values of hidden fields."""
        return {}

    def plan(self, rows: QuerySet) -> BulkPlan:
        """What would happen to `rows`. One call into the domain."""
        raise NotImplementedError(f"{type(self).__qualname__}.plan")

    def perform(self, rows: QuerySet, expected: int) -> int:
        """Call exactly one service, which raises SetChanged unless `expected` rows change, and return how many did."""
        raise NotImplementedError(f"{type(self).__qualname__}.perform")

    def done_message(self, changed: int) -> str:
        """What the list says afterwards."""
        raise NotImplementedError(f"{type(self).__qualname__}.done_message")

    def submit_label(self, changing: int) -> str:
        """The button that does it, with the number."""
        raise NotImplementedError(f"{type(self).__qualname__}.submit_label")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        picked = Picked(request.POST)
        if not picked.is_valid():
            messages.error(request, " ".join(str(sentence) for found in picked.errors.values() for sentence in found))
            return HttpResponseRedirect(self.back_to(picked.cleaned_data.get("filter")))
        facts = picked.cleaned_data
        rows = self._rows(facts)
        if facts["expected"] is None:
            return self._ask(facts, rows)
        try:
            changed = self.perform(rows, facts["expected"])
        except DomainError as refusal:
            return self._ask(facts, rows, refusal=refusal.message, status=422)
        messages.success(request, self.done_message(changed))
        return HttpResponseRedirect(self.back_to(facts["filter"]))

    def back_to(self, query: QueryDict | None) -> str:
        """The list as it was."""
        return reverse(self.list_url) + (f"?{query.urlencode()}" if query else "")

    def _rows(self, facts: dict[str, Any]) -> QuerySet:
        shown = self.list_page()
        shown.setup(self.request)
        return shown.matching(facts["filter"])[0] if facts["all"] else shown.rows().filter(pk__in=facts["id"])

    def _ask(self, facts: dict[str, Any], rows: QuerySet, *, refusal: str = "", status: int = 200) -> HttpResponse:
        plan = self.plan(rows)
        missing = 0 if facts["all"] else len(facts["id"]) - plan.changing - plan.skipped
        kept = {**facts, "filter": facts["filter"].urlencode(), "expected": plan.changing}
        kept["id"] = [] if facts["all"] else facts["id"]
        context = {
            "form": Picked(initial=kept),
            "plan": plan,
            "carried": self.carried(),
            "missing": missing,
            "unnamed_changing": max(plan.changing - NAMED, 0),
            "unnamed_skipped": max(plan.skipped - NAMED, 0),
            "submit_label": self.submit_label(plan.changing),
            "back_url": self.back_to(facts["filter"]),
            "refusal": refusal,
        }
        return self.page(context, status=status)
