"""Filters that pages share what they can of, and nothing that belongs to one page."""

from types import SimpleNamespace
from typing import Any

import django_filters
import pytest
from django.db.models import QuerySet
from django.http import QueryDict

from extensions.models import Extension
from portal.core.filters import ChoiceFilter, PortalFilterSet
from portal.core.templatetags.listing import filter_field


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


class Chosen(PortalFilterSet):
    state = ChoiceFilter(choices=[("a", "First"), ("b", "Second")], empty_label="Any")
    team = ChoiceFilter(choices=lambda: TEAMS)

    class Meta:
        model = Extension
        fields: list[str] = []


TEAMS: list[tuple[str, str]] = []


def chosen(query: str = "") -> Chosen:
    return Chosen(QueryDict(query), queryset=Extension.objects.all())


def test_choices_that_are_asked_for_are_asked_for_each_page(monkeypatch: pytest.MonkeyPatch) -> None:
    offered = []
    for teams in ([("1", "Sales")], [("2", "Service")]):
        monkeypatch.setattr(f"{__name__}.TEAMS", teams)
        offered.append(list(chosen().form.fields["team"].choices)[1:])

    assert offered == [[("1", "Sales")], [("2", "Service")]]
    assert chosen("team=2").form.is_valid()
    assert not chosen("team=1").form.is_valid()


def test_the_form_of_a_page_is_its_own() -> None:
    first, second = chosen(), chosen()
    first.form.fields["state"].label = "Mine"
    first.form.fields["state"].widget.attrs["class"] = "mine"

    assert type(first.form) is type(second.form)
    assert second.form.fields["state"].label != "Mine"
    assert second.form.fields["state"].widget.attrs == {}
    assert first.form.fields["state"] is first.form.fields["state"].choices.field


def test_a_page_with_options_of_its_own_has_a_form_of_its_own() -> None:
    first, second = chosen(), chosen()
    first.filters["state"].extra["choices"] = [("c", "Third")]

    assert ("c", "Third") in first.form.fields["state"].choices
    assert ("c", "Third") not in second.form.fields["state"].choices


@pytest.mark.usefixtures("inside_alpha")
def test_a_list_of_choices_is_drawn_with_what_was_chosen_and_escaped() -> None:
    page = Chosen(QueryDict("state=b"), queryset=Extension.objects.all())
    page.form.fields["state"].choices = [("b", "<b>"), ("&", "And")]

    drawn = filter_field(page.form["state"])

    assert '<select class="form-select" id="id_state" name="state">' in drawn
    assert '<option value="b" selected>&lt;b&gt;</option><option value="&amp;">And</option>' in drawn
