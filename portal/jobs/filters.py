"""Filters of the list of jobs."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core.filters import ChoiceFilter, PortalFilterSet
from portal.jobs.models import Job, JobState
from portal.jobs.registry import kind_names
from portal.jobs.selectors import kind_title


def _kinds() -> list[tuple[str, str]]:
    return [(kind, kind_title(kind)) for kind in kind_names()]


class JobFilter(PortalFilterSet):
    q = django_filters.CharFilter(label=_("Search"), method="search")
    state = ChoiceFilter(label=_("Status"), choices=JobState.choices, empty_label=_("Any"))
    kind = ChoiceFilter(label=_("Kind"), choices=_kinds, empty_label=_("Any"))

    class Meta:
        model = Job
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """What it does, who started it, and the id of the request that did."""
        return rows.filter(Q(title__icontains=value) | Q(owner_name__icontains=value) | Q(request_id=value))
