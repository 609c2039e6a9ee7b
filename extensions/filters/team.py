"""Filters of the list of teams."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from extensions.models import RingStrategy, Team
from portal.core.filters import ChoiceFilter, PortalFilterSet


class TeamFilter(PortalFilterSet):
    q = django_filters.CharFilter(label=_("Search"), method="search")
    strategy = ChoiceFilter(label=_("Ringing"), choices=RingStrategy.choices, empty_label=_("Any"))

    class Meta:
        model = Team
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Number from its start, name and description anywhere."""
        found = Q(number__startswith=value) | Q(name__icontains=value) | Q(description__icontains=value)
        return rows.filter(found)
