"""Lists: filter, sort, page and columns live in the address (UXP-02)."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.paginator import Page as Sheet
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Func, IntegerField, Model, QuerySet
from django.db.models.query import ModelIterable
from django.db.models.sql import Query
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.utils.module_loading import import_string
from django.utils.text import slugify

from portal.core.csv import csv_response
from portal.core.events import emit
from portal.core.exports import Exported
from portal.core.pages.base import Page
from portal.core.tables import PortalTable

PER_PAGE = 50


class FirstPageFirst(Paginator):
    """Reads the first page before it counts: where everything stands on it, nothing is left to be counted."""

    @cached_property
    def count(self) -> int:
        """How many rows there are. Where nothing is filtered, a query is not worth putting together."""
        rows: Any = self.object_list
        return _count_all(rows.model) if _is_whole_table(rows.query) else rows.count()

    def get_page(self, number: Any) -> Sheet:
        if number not in (None, "", "1"):
            return super().get_page(number)
        found: Any = self.object_list
        counted = isinstance(found, QuerySet) and _gives_models(found) and _is_whole_table(found.query)
        if counted:
            found = found.annotate(**{_COUNTED: CountOf(found.model)})
        rows = list(found[: self.per_page + 1])
        if len(rows) <= self.per_page:
            self.count = len(rows)
        elif counted:
            self.count = getattr(rows[0], _COUNTED)
        return Sheet(rows[: self.per_page], 1, self)


_COUNTED = "rows_there_are"


class CountOf(Func):
    """How many rows the table of a model has, asked together with some of them."""

    output_field = IntegerField()

    def __init__(self, model: type[Model]) -> None:
        super().__init__(template=f'(SELECT COUNT(*) FROM "{model._meta.db_table}")')  # noqa: S608 - a table's own name


def _gives_models(rows: QuerySet) -> bool:
    return rows._iterable_class is ModelIterable


def _is_whole_table(query: Query) -> bool:
    """Whether each row of the table is one row of `query`: no condition, no join, no group, no part."""
    narrowed = query.where or query.distinct or query.group_by is not None or query.combinator or query.is_sliced
    return not narrowed and sum(bool(used) for used in query.alias_refcount.values()) <= 1


def _count_all(model: type[Model]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT COUNT(*) FROM "{model._meta.db_table}"')  # noqa: S608 - a table's own name
        found: int = cursor.fetchone()[0]
    return found


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
            longer = import_string(settings.LONG_EXPORTS)(request, rows=found.count, name=name)
            if longer is not None:
                return HttpResponseRedirect(longer)
            emit(Exported(file=f"{name}.csv", page=request.path, query=request.META.get("QUERY_STRING", "")))
            return csv_response(name, table.heading(), table.values(table.sorted_rows()))
        sheet = FirstPageFirst(table.sorted_rows(), PER_PAGE).get_page(request.GET.get("page"))
        table.show(sheet)
        return self.page({"table": table, "filter": filter_set, "page_obj": sheet, **self.context()})
