"""Filters of assignment templates, of their users, and of reports (BLK-03, BLK-20)."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from licensing.models import AssignmentRow, AssignmentTemplate, BulkState, RowState
from portal.core.filters import ChoiceFilter, PortalFilterSet

CHECKS = [("problem", _("With problems")), ("fine", _("Fine"))]


class BulkFilter(PortalFilterSet):
    q = django_filters.CharFilter(label=_("Search by name or UUID"), method="search")
    state = ChoiceFilter(label=_("Status"), choices=BulkState.choices, empty_label=_("Any"))

    class Meta:
        model = AssignmentTemplate
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Part of the name, or the UUID from its start."""
        words = " ".join(value.split())
        uuid = Cast("uuid", TextField())
        return rows.alias(shown=uuid).filter(Q(name__icontains=words) | Q(shown__startswith=words.lower()))


def _of_rows(rows: QuerySet, value: str) -> QuerySet:
    words = " ".join(value.split())
    found = Q(ext_key__startswith=words) | Q(person__icontains=words) | Q(user_name__icontains=words)
    return rows.filter(found | Q(number__contains=words))


class UsersFilter(PortalFilterSet):
    q = django_filters.CharFilter(label=_("Search users"), method="search")
    check = ChoiceFilter(label=_("Check"), method="checked", choices=CHECKS, empty_label=_("Any"))

    class Meta:
        model = AssignmentRow
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Ext key from its start, person and number anywhere."""
        return _of_rows(rows, value)

    def checked(self, rows: QuerySet, name: str, value: Any) -> QuerySet:
        """Those with problems, or those without."""
        return rows.filter(problems=[]) if value == "fine" else rows.exclude(problems=[])


class ReportFilter(PortalFilterSet):
    q = django_filters.CharFilter(label=_("Search users"), method="search")
    state = ChoiceFilter(label=_("Outcome"), choices=RowState.choices, empty_label=_("Any"))

    class Meta:
        model = AssignmentRow
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Ext key from its start, person and number anywhere."""
        return _of_rows(rows, value)
