"""Filters of lists: django-filter, without its copying of every filter for every page, and without its templates."""

from collections import OrderedDict
from collections.abc import Iterator
from copy import copy
from typing import Any, ClassVar

import django_filters
from django.forms import Form
from django_filters.fields import ChoiceField, ChoiceIterator
from django_filters.filters import QuerySetRequestMixin

from portal.core.forms import QuickSelect


class _Offered(ChoiceIterator):
    """The choices as they were given, in pairs: Django brings each page's into that shape once more, label by label."""

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        if self.field.null_label is not None:
            yield (self.field.null_value, self.field.null_label)
        given = self.choices
        yield from given() if callable(given) else given

    def __deepcopy__(self, memo: dict[int, Any]) -> "_Offered":
        """For the copy of the field that each page gets; the choices themselves are only read."""
        return type(self)(memo.get(id(self.field), self.field), self.choices)


class _ChoiceField(ChoiceField):
    iterator = _Offered
    widget = QuickSelect


class ChoiceFilter(django_filters.ChoiceFilter):
    """One of `choices`: pairs of value and label, or what gives them for each page. No groups of choices."""

    field_class = _ChoiceField


class _Declared(OrderedDict):
    """The declared filters. Each page gets its own, which shares what a filter only reads."""

    def __deepcopy__(self, memo: Any) -> "OrderedDict[str, Any]":
        return OrderedDict((name, _own(one)) for name, one in self.items())


def _own(declared: django_filters.Filter) -> django_filters.Filter:
    """A page's own filter. What a filter writes into or ties to itself must not be shared: its options, its field, and
    the caller of its method, which finds the page's filter set through it."""
    fresh = copy(declared)
    fresh.extra = dict(declared.extra)
    fresh.__dict__.pop("_field", None)
    if declared.method is not None:
        fresh.method = declared.method
    return fresh


def _is_as_declared(one: django_filters.Filter, declared: django_filters.Filter | None) -> bool:
    """Whether a page's filter has the options of its declaration, and none that hang on the request."""
    return declared is not None and one.extra == declared.extra and not isinstance(one, QuerySetRequestMixin)


class PortalFilterSet(django_filters.FilterSet):
    """Base of the filter sets of lists."""

    _form_class: ClassVar[type[Form] | None] = None

    def get_form_class(self) -> type[Form]:
        """The same for all pages, whose forms copy its fields, unless something in it is one page's own."""
        own = type(self)
        made: type[Form]
        if not all(_is_as_declared(one, self.base_filters.get(name)) for name, one in self.filters.items()):
            made = super().get_form_class()
        else:
            made = vars(own).get("_form_class") or super().get_form_class()
            own._form_class = made
        return made

    @classmethod
    def get_filters(cls) -> "OrderedDict[str, Any]":
        return _Declared(super().get_filters())
