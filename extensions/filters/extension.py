"""Filters of the extension list (EXT-03)."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from extensions.models import Extension, ExtensionState


class ExtensionFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Search"), method="search")
    status = django_filters.ChoiceFilter(
        label=_("Status"), field_name="state", choices=ExtensionState.choices, empty_label=_("Any")
    )

    class Meta:
        model = Extension
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Number from its start; names, addresses and mobile number anywhere."""
        return rows.filter(
            Q(number__startswith=value)
            | Q(directory_name__icontains=value)
            | Q(first_name__icontains=value)
            | Q(last_name__icontains=value)
            | Q(email__icontains=value)
            | Q(mobile__contains=value.replace(" ", ""))
            | Q(user__username__icontains=value)
        )
