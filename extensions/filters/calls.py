"""Filters of the list of kept call tests."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from extensions.models import CallTest, CallTestState
from portal.core.filters import ChoiceFilter, PortalFilterSet


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
