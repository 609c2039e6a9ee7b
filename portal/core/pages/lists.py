"""Lists: filter, sort, page and columns live in the address (UXP-02)."""

from typing import Any

from django.core.paginator import Page as Sheet
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.text import slugify

from portal.core.csv import csv_response
from portal.core.events import emit
from portal.core.exports import Exported
from portal.core.pages.base import Page
from portal.core.tables import PortalTable

PER_PAGE = 50


class FirstPageFirst(Paginator):
    """Reads the first page before it counts: where everything stands on it, nothing is left to be counted."""

    def get_page(self, number: Any) -> Sheet:
        if number not in (None, "", "1"):
            return super().get_page(number)
        rows = list(self.object_list[: self.per_page + 1])
        if len(rows) <= self.per_page:
            self.count = len(rows)
        return Sheet(rows[: self.per_page], 1, self)


class ListPage(Page, abstract=True):
    """A table over `rows()`. Declares `table`, and `filter` (a django-filter FilterSet) where there is one.

    Query string: the filter's own names, `sort` (a column, `-` in front for descending), `page`, `columns`
    (comma separated), `export=csv`.
    """

    table: type[PortalTable]
    filter: Any = None
    export_name = ""

    def rows(self) -> QuerySet:
        """What this person may see, unfiltered."""
        raise NotImplementedError(f"{type(self).__qualname__}.rows")

    def matching(self, query: QueryDict) -> tuple[QuerySet, Any]:
        """The rows that `query` (as in the address) leaves, and the filter set, or None where there is none."""
        found = self.rows()
        if self.filter is None:
            return found, None
        filter_set = self.filter(query, queryset=found, request=self.request)
        return filter_set.qs, filter_set

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found, filter_set = self.matching(request.GET)
        table = self.table(found, request=request)
        if request.GET.get("export") == "csv":
            name = self.export_name or slugify(self.table.__name__)
            emit(Exported(file=f"{name}.csv", page=request.path, query=request.META.get("QUERY_STRING", "")))
            return csv_response(name, table.heading(), table.values(table.sorted_rows()))
        sheet = FirstPageFirst(table.sorted_rows(), PER_PAGE).get_page(request.GET.get("page"))
        table.show(sheet)
        return self.page({"table": table, "filter": filter_set, "page_obj": sheet, **self.context()})
