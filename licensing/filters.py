"""Filters of the lists of licences and numbers (LIC-14)."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from extensions.models import Extension, OutsideNumber
from extensions.search import matching
from licensing.models import AssignedAddon
from portal.core.db.prepared import PreparedQuery
from portal.core.filters import ChoiceFilter, PortalFilterSet
from tenants.models import NumberKind, Sku, SkuKind

WITH, WITHOUT = "with", "without"
_ADDONS = PreparedQuery(lambda: Sku.objects.filter(kind=SkuKind.ADDON.value).only("code", "name").order_by("position"))


def _addons() -> list[tuple[str, str]]:
    return [(code, name) for _pk, code, name in _ADDONS.values()]


class ProvisionedFilter(PortalFilterSet):
    q = django_filters.CharFilter(label=_("Search user or extension"), method="search")
    licence = ChoiceFilter(label=_("Licence"), choices=_addons, method="with_addon", empty_label=_("Any"))
    number = ChoiceFilter(
        label=_("Outside number"),
        method="with_number",
        choices=[(WITH, _("With a number")), (WITHOUT, _("No number"))],
        empty_label=_("Any"),
    )
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
        """Number from its start; parts of names, addresses and people."""
        return matching(rows, value)

    def with_addon(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(pk__in=AssignedAddon.objects.filter(pool=value).values("extension"))

    def with_number(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(outside_number__isnull=value == WITHOUT)

    def with_person(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(user__isnull=value == WITHOUT)


class NumberFilter(PortalFilterSet):
    q = django_filters.CharFilter(label=_("Search number or extension"), method="search")
    state = ChoiceFilter(
        label=_("State"),
        method="in_state",
        choices=[("available", _("Available")), ("assigned", _("Assigned"))],
        empty_label=_("Any"),
    )
    kind = ChoiceFilter(label=_("Type"), choices=NumberKind.choices, empty_label=_("Any"))

    class Meta:
        model = OutsideNumber
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Parts of the number; the beginning of an extension's number, or a part of its name."""
        digits = "".join(sign for sign in value if sign.isdecimal())
        found = Q(extension__directory_name__icontains=value.strip())
        if digits:
            found |= Q(e164__contains=digits) | Q(extension__number__startswith=digits)
        return rows.filter(found)

    def in_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(extension__isnull=value == "available")
