"""Filters of the lists about calls: blocked callers, kept call tests."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from extensions.models import BlockedCaller, CallTest, CallTestState
from portal.core.filters import ChoiceFilter, PortalFilterSet


class BlockedFilter(PortalFilterSet):
    q = django_filters.CharFilter(label=_("Search"), method="search")

    class Meta:
        model = BlockedCaller
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Number and note."""
        return rows.filter(Q(pattern__contains=value.replace(" ", "")) | Q(note__icontains=value))


class CallTestFilter(PortalFilterSet):
    q = django_filters.CharFilter(label=_("Search"), method="search")
    state = ChoiceFilter(label=_("Result"), choices=CallTestState.choices, empty_label=_("Any"))

    class Meta:
        model = CallTest
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Name and numbers."""
        bare = value.replace(" ", "")
        return rows.filter(Q(name__icontains=value) | Q(caller__contains=bare) | Q(dialled__contains=bare))
