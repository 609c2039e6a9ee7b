"""Tables: django-tables2 declares columns, order and export; rows are rendered whole, for speed.

Cell-by-cell rendering costs as much as the stock admin (ARCHITECTURE decision 9), so a table writes each cell itself:
`cell_<column>(record)` returns text (escaped here) or safe HTML; without it the column's accessor is shown.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache, partial
from html import escape as escape_text
from typing import Any
from urllib.parse import quote_plus, urlencode

import django_tables2 as tables
from django.core.paginator import Page as Sheet
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core.bulk import BulkAction


@dataclass(frozen=True, slots=True)
class Head:
    """One column's head, as `components/table.html` shows it."""

    key: str
    label: str
    sortable: bool
    sorted_by: str  # "", "ascending" or "descending"
    query: str  # the address that sorts by it, or turns the order round
    numeric: bool
    secondary: bool


@lru_cache(maxsize=500)
def _labels(table: "type[PortalTable]", _language: str | None) -> dict[str, str]:
    """The column's names in the language in force, translated once."""
    columns = table.base_columns.items()
    return {key: str(column.verbose_name or key.replace("_", " ").capitalize()) for key, column in columns}


Asked = tuple[tuple[str, str], ...]  # the parts of an address's query string, each with its name


def query_with(asked: Asked, **changes: str | None) -> str:
    """A query string with `changes` applied (None removes)."""
    kept = [pair for name, pair in asked if name not in changes]
    kept += [f"{name}={quote_plus(value)}" for name, value in changes.items() if value is not None]
    return f"?{'&'.join(kept)}"


@lru_cache(maxsize=500)
def _heads(
    table: Any, shown: tuple[str, ...], order: tuple[str, bool], asked: Asked, language: str | None
) -> tuple[Head, ...]:
    """The heads of these columns, in the language in force. All that they depend on is named."""
    labels, (now, descending) = _labels(table, language), order
    heads = []
    for key in shown:
        active = key == now
        sorted_by = ("descending" if descending else "ascending") if active else ""
        query = query_with(asked, sort=f"-{key}" if active and not descending else key, page=None)
        sortable = bool(table.base_columns[key].orderable is not False)
        heads.append(Head(key, labels[key], sortable, sorted_by, query, key in table.numeric, key in table.secondary))
    return tuple(heads)


class PortalTable(tables.Table):
    """Base of all tables. `default_sort` names a column; the primary key always ends the order.

    `numeric` names right-aligned columns, `secondary` those that a narrow screen leaves out, `optional` those that only
    the chooser shows. With an action in `bulk`
    that this person may do, each row begins with a box to tick.
    """

    default_sort = ""
    numeric: tuple[str, ...] = ()
    secondary: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    bulk: tuple[BulkAction, ...] = ()
    empty_title: Any = ""
    empty_text: Any = ""

    def __init__(self, data: QuerySet, *, request: HttpRequest) -> None:
        # The library's own __init__ would copy and bind columns for its rendering of cells, which is not used here.
        self.queryset = data
        self.portal_request = request
        self.sheet: Iterable[Any] = ()

    # -- columns ---------------------------------------------------------------------------------------------------
    def keys(self) -> list[str]:
        """All columns, in declared order."""
        return list(self.base_columns)

    def visible(self) -> list[str]:
        """The columns chosen in the address, else all that are not `optional`."""
        chosen = self.portal_request.GET.get("columns", "")
        there = self.keys()
        picked = [key for key in chosen.split(",") if key in there]
        return picked or [key for key in there if key not in self.optional]

    def label(self, key: str) -> str:
        own: Any = type(self)
        return _labels(own, get_language())[key]

    def heading(self) -> list[str]:
        """The labels of the visible columns."""
        return [self.label(key) for key in self.visible()]

    def head(self) -> tuple[Head, ...]:
        """The visible columns with their sorting links."""
        own: Any = type(self)  # a class, which is its own key
        return _heads(own, tuple(self.visible()), self.sorting(), self.asked, get_language())

    def column_choices(self) -> list[tuple[str, str, bool]]:
        """(key, label, visible) of every column, for the chooser."""
        shown = set(self.visible())
        return [(key, self.label(key), key in shown) for key in self.keys()]

    # -- order -----------------------------------------------------------------------------------------------------
    def sorting(self) -> tuple[str, bool]:
        """(column, descending) from the address; only declared, sortable columns count."""
        asked = self.portal_request.GET.get("sort", "") or self.default_sort
        key = asked.removeprefix("-")
        column = self.base_columns.get(key)
        if column is None or column.orderable is False:
            asked = self.default_sort
            key = asked.removeprefix("-")
        return key, asked.startswith("-")

    def sorted_rows(self) -> QuerySet:
        """The rows in order, ended by the primary key so that pages never overlap."""
        key, descending = self.sorting()
        column = self.base_columns.get(key)
        fields = [str(part) for part in (column.order_by or [column.accessor or key])] if column is not None else []
        paths = [field.replace(".", "__") for field in fields]
        order = [f"-{path}" if descending else path for path in paths]
        return self.queryset.order_by(*order, "-pk" if descending else "pk")

    # -- rows ------------------------------------------------------------------------------------------------------
    def show(self, sheet: Sheet) -> None:
        """The page of rows that `rows_html` renders."""
        self.sheet = sheet

    def value(self, key: str, record: Any) -> Any:
        """Plain value of a cell: `value_<column>(record)` or the accessor. Used by the export, too."""
        own = getattr(self, f"value_{key}", None)
        if own is not None:
            return own(record)
        found = record
        for part in str(self.base_columns[key].accessor or key).replace("__", ".").split("."):
            found = getattr(found, part, None)
            if callable(found):
                found = found()
            if found is None:
                break
        return found

    def values(self, records: QuerySet) -> Iterator[list[Any]]:
        """Rows of plain values for an export."""
        shown = self.visible()
        for record in records.iterator(chunk_size=2000):
            yield [self.value(key, record) for key in shown]

    def row_url(self, record: Any) -> str:
        """Where Enter on a row leads; empty: nowhere."""
        return ""

    def bulk_actions(self) -> tuple[BulkAction, ...]:
        """The actions that this person may do with the ticked rows."""
        user: Any = self.portal_request.user if self.bulk else None
        return tuple(action for action in self.bulk if user.may(action.permission))

    def tick_label(self, record: Any) -> str:
        """What a row's box is called."""
        return _("Select %(row)s") % {"row": record}

    def rows_html(self) -> list[SafeString]:
        """The sheet's rows as `<tr>` strings."""
        cells = [(self._reader(key), self._cell_class(key)) for key in self.visible()]
        ticks = bool(self.bulk_actions())
        return [self._row(record, cells, self._tick(record) if ticks else "") for record in self.sheet]

    def body_html(self) -> SafeString:
        """All rows of the sheet in one piece."""
        return SafeString("".join(self.rows_html()))

    def _tick(self, record: Any) -> str:
        label = self._shown(self.tick_label(record))
        box = f'<input class="form-check-input" type="checkbox" name="id" value="{record.pk}" form="bulk-form"'
        return f'<td class="tick"><label>{box} autocomplete="off" aria-label="{label}"></label></td>'

    def _reader(self, key: str) -> Callable[[Any], Any]:
        """What gives a row's cell, looked up once for all rows."""
        found = getattr(self, f"cell_{key}", None) or getattr(self, f"value_{key}", None)
        return found or partial(self.value, key)

    def _cell_class(self, key: str) -> str:
        classes = ["numeric"] * (key in self.numeric) + ["secondary"] * (key in self.secondary)
        return f' class="{" ".join(classes)}"' if classes else ""

    def _row(self, record: Any, cells: list[tuple[Callable[[Any], Any], str]], tick: str) -> SafeString:
        shown = self._shown
        parts = [f"<td{css}>{shown(read(record))}</td>" for read, css in cells]
        url = self.row_url(record)
        link = f' data-href="{shown(url)}"' if url else ""
        return SafeString(f"<tr{link}>{tick}{''.join(parts)}</tr>")  # every part was escaped above

    def _shown(self, value: Any) -> str:
        """A cell's content as safe HTML; moments in the reader's zone, with the exact one behind."""
        kind = type(value)  # most cells are one of these two; Django's own function looks for more
        if kind is SafeString:
            return value
        if kind is str:
            return escape_text(value)
        if value is None:
            return ""
        if isinstance(value, datetime):
            exact, local = value.isoformat(timespec="seconds"), localtime(value)
            return f'<time datetime="{exact}" title="{exact}">{date_format(local, "SHORT_DATETIME_FORMAT")}</time>'
        return conditional_escape(value)

    # -- addresses -------------------------------------------------------------------------------------------------
    def query_with(self, **changes: str | None) -> str:
        """The present address's query string with `changes` applied (None removes)."""
        return query_with(self.asked, **changes)

    @cached_property
    def asked(self) -> Asked:
        """Each part of the present query string with its name, but never its export: encoded once for all links."""
        given = self.portal_request.GET.lists()
        kept = [(name, value) for name, values in given if name != "export" for value in values]
        return tuple((name, urlencode({name: value})) for name, value in kept)

    def bulk_query(self) -> str:
        """What is shown, apart from the page: a bulk action posts it as its filter."""
        return self.query_with(page=None).removeprefix("?")

    def export_query(self) -> str:
        return self.query_with(export="csv", page=None)
