"""Lists: filter, sort, page and columns live in the address (UXP-02)."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.text import slugify

from portal.core.csv import csv_response
from portal.core.events import emit
from portal.core.exports import Exported
from portal.core.pages.base import Page
from portal.core.tables import PortalTable

PER_PAGE = 50


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

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found, filter_set = self.rows(), None
        if self.filter is not None:
            filter_set = self.filter(request.GET, queryset=found, request=request)
            found = filter_set.qs
        table = self.table(found, request=request)
        if request.GET.get("export") == "csv":
            name = self.export_name or slugify(self.table.__name__)
            emit(Exported(file=f"{name}.csv", page=request.path, query=request.META.get("QUERY_STRING", "")))
            return csv_response(name, table.heading(), table.values(table.sorted_rows()))
        sheet = Paginator(table.sorted_rows(), PER_PAGE).get_page(request.GET.get("page"))
        table.show(sheet)
        return self.page({"table": table, "filter": filter_set, "page_obj": sheet, **self.context()})
