"""What the list component asks of its table and filter: chips of active filters, column links, page links.

All state of a list is in its address (UXP-02), so everything here is a link.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import forms, template
from django.core.paginator import Page as Sheet
from django.forms import BoundField
from django.utils.html import escape
from django.utils.safestring import SafeString

from portal.core.forms import QuickSelect
from portal.core.tables import Asked, query_with

register = template.Library()

SEARCH = "q"


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """One filter in force: what it says, and the address without it."""

    label: str
    value: str
    query: str


@dataclass(frozen=True, slots=True)
class ColumnLink:
    """One column of the chooser: the address that shows or hides it (empty for the last one left)."""

    label: str
    shown: bool
    query: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """One number of the pagination; without `query` it is a gap or the present page."""

    number: int | str
    query: str
    current: bool


@dataclass(frozen=True, slots=True)
class PageWays:
    """The foot of a list: rows `first` to `last` of `count`, page numbers, and the addresses before and after."""

    first: int
    last: int
    count: int
    links: tuple[PageLink, ...]
    before: str
    after: str


def _shown_value(field: BoundField, value: Any) -> str:
    """A filter's value in the words of its choices."""
    offered = getattr(field.field, "choices", None)
    choices = {} if offered is None else {str(key): str(label) for key, label in offered}
    values = value if isinstance(value, list | tuple | set) else [value]
    return ", ".join(choices.get(str(one), str(one)) for one in values)


@register.simple_tag
def filter_fields(filter_set: Any) -> list[BoundField]:
    """The filter's fields apart from the quick search."""
    return [field for field in filter_set.form if field.name != SEARCH] if filter_set else []


@register.simple_tag
def filter_field(field: BoundField) -> SafeString:
    """A filter's field with its label. Written without templates of its own: every list shows several."""
    widget = field.field.widget
    select = isinstance(widget, QuickSelect)
    if field.errors or field.is_hidden or field.help_text or not (select or isinstance(widget, forms.TextInput)):
        return as_crispy_field(field)
    key = field.auto_id
    if select:
        shown = widget.render(field.html_name, field.value(), {"class": "form-select", "id": key})
    else:
        shown = field.as_widget(attrs={"class": "form-control"})
    label = f'<label class="form-label" for="{escape(key)}">{escape(field.label)}</label>'
    return SafeString(f'<div class="mb-3">{label}{shown}</div>')  # the parts were escaped above


@register.simple_tag
def search_field(filter_set: Any) -> BoundField | None:
    """The quick search, where the filter has one (named “q”)."""
    return filter_set.form[SEARCH] if filter_set and SEARCH in filter_set.form.fields else None


@register.simple_tag
def active_filters(table: Any, filter_set: Any) -> tuple[ActiveFilter, ...]:
    """The filters in force, each with the address that removes it."""
    if not filter_set or not filter_set.form.is_valid():
        return ()
    found = []
    for name, value in filter_set.form.cleaned_data.items():
        if value in (None, "", [], ()) or (hasattr(value, "exists") and not value):
            continue
        field = filter_set.form[name]
        shown = _shown_value(field, field.data if field.data else value)
        found.append(ActiveFilter(str(field.label), shown, table.query_with(**{name: None, "page": None})))
    return tuple(found)


@register.simple_tag
def without_filters(table: Any, filter_set: Any) -> str:
    """The address with all filters removed."""
    names = filter_set.form.fields if filter_set else ()
    return table.query_with(**dict.fromkeys([*names, "page"]))


@register.simple_tag
def kept_fields(table: Any, filter_set: Any) -> list[tuple[str, str]]:
    """What the search form must send along so that sort order and columns survive."""
    names = set(filter_set.form.fields) if filter_set else set()
    kept = table.portal_request.GET.items()
    return [(name, value) for name, value in kept if name not in names | {"page", "export"}]


@register.simple_tag
def column_links(table: Any) -> tuple[ColumnLink, ...]:
    """One link per column that shows it or hides it."""
    return _column_links(tuple(table.column_choices()), table.asked)


@lru_cache(maxsize=500)
def _column_links(choices: tuple[tuple[str, str, bool], ...], asked: Asked) -> tuple[ColumnLink, ...]:
    shown = [key for key, _label, visible in choices if visible]
    links = []
    for key, label, visible in choices:
        wanted = {*shown} ^ {key}
        picked = ",".join(other for other, _label, _visible in choices if other in wanted)
        links.append(ColumnLink(label, visible, query_with(asked, columns=picked) if picked else ""))
    return tuple(links)


@register.simple_tag
def page_ways(table: Any, sheet: Sheet) -> PageWays:
    """What is shown of how many, and the ways to the other pages: numbers around the present one, with gaps."""
    links: tuple[PageLink, ...] = ()
    before = after = ""
    if sheet.has_other_pages():
        numbers = sheet.paginator.get_elided_page_range(sheet.number, on_each_side=1, on_ends=1)
        links = tuple(
            PageLink(number, "", number == sheet.number)
            if number in (sheet.number, sheet.paginator.ELLIPSIS)
            else PageLink(number, _page_query(table, number), current=False)
            for number in map(_number_or_gap, numbers)
        )
        before = _page_query(table, sheet.previous_page_number()) if sheet.has_previous() else ""
        after = _page_query(table, sheet.next_page_number()) if sheet.has_next() else ""
    return PageWays(sheet.start_index(), sheet.end_index(), sheet.paginator.count, links, before, after)


def _number_or_gap(number: Any) -> int | str:
    return number if isinstance(number, int) else str(number)


def _page_query(table: Any, number: int | str) -> str:
    return table.query_with(page=str(number))
