"""Filters of the extension list (EXT-03)."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from extensions.models import Extension, ExtensionState, Team, TeamMember
from extensions.search import matching
from portal.core.db.prepared import PreparedQuery
from portal.core.filters import ChoiceFilter, PortalFilterSet

WITH, WITHOUT = "with", "without"


_TEAMS = PreparedQuery(lambda: Team.objects.only("pk", "name").order_by("name", "pk"))


def _teams() -> list[tuple[int, str]]:
    return _TEAMS.values()


class FindExtensions(PortalFilterSet):
    """What every list of extensions can be searched by."""

    q = django_filters.CharFilter(label=_("Search"), method="search")
    person = ChoiceFilter(
        label=_("User"),
        method="with_person",
        choices=[(WITH, _("With a user")), (WITHOUT, _("No user"))],
        empty_label=_("Any"),
    )

    class Meta:
        model = Extension
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Number from its start; parts of names, addresses, people and mobile numbers."""
        return matching(rows, value)

    def with_person(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(user__isnull=value == WITHOUT)


class ExtensionFilter(FindExtensions):
    status = ChoiceFilter(label=_("Status"), field_name="state", choices=ExtensionState.choices, empty_label=_("Any"))
    team = ChoiceFilter(label=_("Team"), choices=_teams, method="in_team", empty_label=_("Any"))

    class Meta(FindExtensions.Meta):
        pass

    def in_team(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(pk__in=TeamMember.objects.filter(team=value).values("extension"))
