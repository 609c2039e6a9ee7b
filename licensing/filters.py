"""Filters of the lists of licences and numbers (LIC-14)."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from extensions.filters.extension import WITH, WITHOUT, FindExtensions
from extensions.models import OutsideNumber
from licensing.models import AssignedAddon, Counter, LedgerEntry, Reason
from portal.core.db.prepared import PreparedQuery
from portal.core.filters import ChoiceFilter, PortalFilterSet
from tenants.models import NumberKind, Sku, SkuKind

_ADDONS = PreparedQuery(lambda: Sku.objects.filter(kind=SkuKind.ADDON.value).only("code", "name").order_by("position"))
_LICENCES = PreparedQuery(lambda: Sku.objects.only("code", "name").order_by("position"))


def _licences() -> list[tuple[str, str]]:
    return [(code, name) for _pk, code, name in _LICENCES.values()]


def _addons() -> list[tuple[str, str]]:
    return [(code, name) for _pk, code, name in _ADDONS.values()]


class ProvisionedFilter(FindExtensions):
    licence = ChoiceFilter(label=_("License"), choices=_addons, method="with_addon", empty_label=_("Any"))
    number = ChoiceFilter(
        label=_("Outside number"),
        method="with_number",
        choices=[(WITH, _("With a number")), (WITHOUT, _("No number"))],
        empty_label=_("Any"),
    )

    class Meta(FindExtensions.Meta):
        pass

    def with_addon(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(pk__in=AssignedAddon.objects.filter(pool=value).values("extension"))

    def with_number(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(outside_number__isnull=value == WITHOUT)


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


class LedgerFilter(PortalFilterSet):
    q = django_filters.CharFilter(label=_("Search extension or person"), method="search")
    licence = ChoiceFilter(label=_("License"), field_name="sku", choices=_licences, empty_label=_("Any"))
    counter = ChoiceFilter(label=_("Count"), choices=Counter.choices, empty_label=_("Any"))
    reason = ChoiceFilter(label=_("Why"), choices=Reason.choices, empty_label=_("Any"))

    class Meta:
        model = LedgerEntry
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """An extension's number from its start, or a part of who made the change."""
        words = " ".join(value.split())
        return rows.filter(Q(extension__startswith=words) | Q(by__icontains=words))
