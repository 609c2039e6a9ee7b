"""Search in speed dials."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from extensions.models import SpeedDial
from portal.core.filters import PortalFilterSet


class SpeedDialFilter(PortalFilterSet):
    q = django_filters.CharFilter(label=_("Search"), method="search")

    class Meta:
        model = SpeedDial
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Code from its start, label and number anywhere."""
        code = "*" + value.lstrip("*")
        bare = value.replace(" ", "")
        return rows.filter(Q(code__startswith=code) | Q(label__icontains=value) | Q(number__contains=bare))
