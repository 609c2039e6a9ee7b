"""Filters of the list of telephones (PRV-02)."""

import re
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from extensions.models import Phone
from extensions.phone_models import MODELS, vendors
from extensions.provisioning.freshness import MUST_FETCH
from extensions.provisioning.freshness import FetchState as F
from portal.core.filters import ChoiceFilter, PortalFilterSet

CONFIGURATION = [(state.value, state.label) for state in (F.MUST_FETCH, F.CURRENT, F.WAITING, F.NO_ADDRESS)]
ASSIGNED = [("yes", _("Has an extension")), ("no", _("Waits for somebody"))]


class PhoneFilter(PortalFilterSet):
    q = django_filters.CharFilter(label=_("Search"), method="search")
    vendor = ChoiceFilter(
        label=_("Maker"),
        method="by_vendor",
        choices=[(name, name) for name, _models in vendors()],
        empty_label=_("Any"),
    )
    assigned = ChoiceFilter(label=_("Extension"), method="by_assignment", choices=ASSIGNED, empty_label=_("Any"))

    configuration = ChoiceFilter(
        label=_("Configuration"), method="by_configuration", choices=CONFIGURATION, empty_label=_("Any")
    )

    class Meta:
        model = Phone
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Any part of the address however it is written; model, place, extension's number and name."""
        wanted = value.casefold()
        codes = [code for code, model in MODELS.items() if wanted in str(model).casefold()]
        found = Q(model__in=codes) | Q(place__icontains=value) | Q(extension__number__startswith=value)
        found |= Q(extension__directory_name__icontains=value)
        digits = re.sub(r"[\s:.-]", "", wanted)
        if re.fullmatch(r"[0-9a-f]{2,12}", digits):
            found |= Q(mac__contains=digits)
        return rows.filter(found)

    def by_vendor(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(model__in=[code for code, model in MODELS.items() if model.vendor == value])

    def by_assignment(self, rows: QuerySet, name: str, value: Any) -> QuerySet:
        return rows.filter(extension__isnull=value == "no")

    def by_configuration(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        fetched = Q(access__first_at__isnull=False)
        found = {
            F.MUST_FETCH: MUST_FETCH,
            F.CURRENT: fetched & ~MUST_FETCH,
            F.WAITING: Q(access__isnull=False) & ~fetched,
            F.NO_ADDRESS: Q(access=None),
        }
        return rows.filter(found[F(value)])
