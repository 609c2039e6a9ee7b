"""What the list component asks of a table and its filter: everything is a link (UXP-02)."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import django_tables2 as tables
import pytest
from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.test import RequestFactory

from portal.core.tables import PortalTable
from portal.core.templatetags.listing import (
    active_filters,
    column_links,
    filter_fields,
    kept_fields,
    page_ways,
    search_field,
    without_filters,
)


class Moments(PortalTable):
    name = tables.Column(verbose_name="Name")
    at = tables.Column(verbose_name="At")
    default_sort = "name"


class Search(forms.Form):
    q = forms.CharField(label="Search", required=False)
    state = forms.ChoiceField(label="State", choices=[("", "Any"), ("active", "Really active")], required=False)


def listing(address: str) -> tuple[Moments, Any]:
    request = RequestFactory().get(address)
    return Moments(QuerySet(), request=request), SimpleNamespace(form=Search(request.GET))


@pytest.mark.feature("UXP-02")
def test_a_filter_in_force_shows_its_words_and_the_way_out() -> None:
    table, search = listing("/?state=active&sort=-at&page=3")

    (shown,) = active_filters(table, search)

    assert (shown.label, shown.value, shown.query) == ("State", "Really active", "?sort=-at")


@pytest.mark.feature("UXP-02")
def test_clearing_keeps_the_order_and_the_columns() -> None:
    table, search = listing("/?q=ken&state=active&sort=-at&columns=name&page=3")

    assert without_filters(table, search) == "?sort=-at&columns=name"


@pytest.mark.feature("UXP-02")
def test_searching_keeps_the_order_and_starts_at_the_first_page() -> None:
    table, search = listing("/?q=ken&sort=-at&page=3&export=csv")

    assert kept_fields(table, search) == [("sort", "-at")]


def test_the_quick_search_stands_apart_from_the_other_filters() -> None:
    _table, search = listing("/")

    assert search_field(search).name == "q"
    assert [field.name for field in filter_fields(search)] == ["state"]


def test_a_list_without_a_filter_has_nothing_to_search() -> None:
    table, _search = listing("/")

    assert search_field(None) is None
    assert filter_fields(None) == []
    assert active_filters(table, None) == ()


@pytest.mark.feature("UXP-02")
def test_the_last_column_cannot_be_hidden() -> None:
    table, _search = listing("/?columns=name")

    name, at = column_links(table)

    assert (name.shown, name.query) == (True, "")
    assert (at.shown, at.query) == (False, "?columns=name%2Cat")


@pytest.mark.feature("UXP-02")
def test_page_numbers_are_links_that_keep_the_filters() -> None:
    table, _search = listing("/?state=active&page=2")
    sheet = Paginator(range(200), 50).get_page(2)

    links = page_ways(table, sheet).links

    assert [link.number for link in links] == [1, 2, 3, 4]
    assert links[1].current
    assert links[2].query == "?state=active&page=3"


def test_a_moment_is_shown_readably_with_the_exact_one_behind() -> None:
    table, _search = listing("/")
    table.show([SimpleNamespace(pk=1, name="<ken>", at=datetime(2026, 11, 20, 14, 3, 22, tzinfo=UTC))])

    (row,) = table.rows_html()

    assert '<time datetime="2026-11-20T14:03:22+00:00" title="2026-11-20T14:03:22+00:00">2026-11-20 14:03</time>' in row
    assert "&lt;ken&gt;" in row
