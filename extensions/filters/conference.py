"""Filters of the list of conference rooms."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from extensions.models import ConferenceRoom
from portal.core.filters import PortalFilterSet


class RoomFilter(PortalFilterSet):
    q = django_filters.CharFilter(label=_("Search"), method="search")

    class Meta:
        model = ConferenceRoom
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Number from its start, name anywhere."""
        return rows.filter(Q(number__startswith=value) | Q(name__icontains=value))
