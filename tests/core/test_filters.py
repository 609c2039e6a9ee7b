"""Filters that pages share what they can of, and nothing that belongs to one page."""

from types import SimpleNamespace
from typing import Any

import django_filters
import pytest
from django.db.models import QuerySet
from django.http import QueryDict

from extensions.models import Extension
from portal.core.filters import PortalFilterSet


class Mine(PortalFilterSet):
    number = django_filters.CharFilter(method="mine")

    class Meta:
        model = Extension
        fields: list[str] = []

    def mine(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(number=f"{self.request.number}{value}")


@pytest.mark.feature("TEN-01")
def test_a_method_is_called_on_its_own_page_although_pages_overlap() -> None:
    def page(number: str) -> Mine:
        request: Any = SimpleNamespace(number=number)
        return Mine(QueryDict("number=9"), queryset=Extension.objects.all(), request=request)

    first, second = page("1"), page("2")

    assert [str(one.qs.query).partition("WHERE")[2].strip() for one in (first, second)] == [
        '"extensions_extension"."number" = 19',
        '"extensions_extension"."number" = 29',
    ]


def test_fields_and_options_belong_to_one_page() -> None:
    first, second = (Mine(QueryDict(), queryset=Extension.objects.all()) for _page in range(2))

    assert first.filters["number"].field is not second.filters["number"].field
    assert first.filters["number"].extra is not second.filters["number"].extra
    assert first.filters["number"].extra is not Mine.base_filters["number"].extra
