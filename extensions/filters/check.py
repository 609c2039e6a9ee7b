"""Filters of what the configuration check found."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from extensions.models import Finding, Severity
from extensions.services.check.catalogue import CHECKS
from portal.core.filters import ChoiceFilter, PortalFilterSet


def _checks() -> list[tuple[str, Any]]:
    return [(check.code, check.label) for check in CHECKS.values()]


class FindingFilter(PortalFilterSet):
    q = django_filters.CharFilter(label=_("Search"), method="search")
    severity = ChoiceFilter(label=_("Severity"), choices=Severity.choices, empty_label=_("Any"))
    code = ChoiceFilter(label=_("Problem"), choices=_checks, empty_label=_("Any"))

    class Meta:
        model = Finding
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Where it is, and what it says, anywhere in the text."""
        return rows.filter(Q(name__icontains=value) | Q(text__icontains=value))
