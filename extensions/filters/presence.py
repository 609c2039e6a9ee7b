"""Filters of the lists about statuses."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from extensions.models import Extension, PresenceChange, StatusKind, StatusSource, TeamMember
from extensions.presence_selectors import choices
from portal.core.filters import ChoiceFilter, PortalFilterSet


class PresenceFilter(PortalFilterSet):
    """By name or number, by status and by team."""

    q = django_filters.CharFilter(label=_("Search"), method="search")
    status = ChoiceFilter(label=_("Status"), method="having", empty_label=_("Any"))
    team = ChoiceFilter(label=_("Team"), method="within", empty_label=_("Any"))

    class Meta:
        model = Extension
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices()
        self.filters["status"].extra["choices"] = self.choices.statuses
        self.filters["team"].extra["choices"] = self.choices.teams

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Number from its start, name anywhere."""
        return rows.filter(Q(number__startswith=value) | Q(directory_name__icontains=value))

    def having(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Whoever was never set, or whose status is over, is available."""
        over = Q(presence__until__lte=timezone.now())
        has = Q(presence__status__kind=value) & ~over
        return rows.filter(has | Q(presence=None) | over) if value == StatusKind.AVAILABLE else rows.filter(has)

    def within(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(Exists(TeamMember.objects.filter(team_id=value, extension=OuterRef("pk"))))


class HistoryFilter(PortalFilterSet):
    """By what changed the status."""

    source = ChoiceFilter(
        label=_("Changed by"), field_name="source", choices=StatusSource.choices, empty_label=_("Anything")
    )

    class Meta:
        model = PresenceChange
        fields: list[str] = []
