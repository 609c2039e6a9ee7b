"""What the list of tenants can be narrowed by (TEN-01)."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core.filters import ChoiceFilter, PortalFilterSet
from tenants.models import Tenant, TenantState
from tenants.selectors.tenants import products_known


class TenantFilter(PortalFilterSet):
    q = django_filters.CharFilter(label=_("Search"), method="search")
    state = ChoiceFilter(label=_("Status"), choices=TenantState.choices, method="in_state", empty_label=_("Any"))
    product = ChoiceFilter(
        label=_("Product type"), choices=lambda: [(name, name) for name in products_known()], empty_label=_("Any")
    )

    class Meta:
        model = Tenant
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Names, address, suffix and ANI anywhere; the instance number as a whole."""
        text = value.strip()
        found = Q(instance_number=int(text)) if text.isdecimal() and len(text) < 10 else Q()
        for field in ("name", "short_name", "fqdn", "upn_suffix", "ani"):
            found |= Q(**{f"{field}__icontains": text})
        return rows.filter(found)

    def in_state(self, rows: QuerySet, name: str, value: Any) -> QuerySet:
        """Instance 1 has no state that a customer could have."""
        return rows.filter(state=value, is_management=False)
