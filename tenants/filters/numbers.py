"""What the register of outside numbers can be narrowed by."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core.filters import ChoiceFilter, PortalFilterSet
from tenants.models import NumberKind, NumberState, RegisteredNumber


class RegisteredNumberFilter(PortalFilterSet):
    q = django_filters.CharFilter(label=_("Search number or tenant"), method="search")
    state = ChoiceFilter(label=_("State"), choices=NumberState.choices, empty_label=_("Any"))
    kind = ChoiceFilter(label=_("Type"), choices=NumberKind.choices, empty_label=_("Any"))

    class Meta:
        model = RegisteredNumber
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Parts of the number, or of the tenant's name."""
        digits = "".join(sign for sign in value if sign.isdecimal())
        found = Q(instance__name__icontains=value.strip())
        return rows.filter(found | Q(e164__contains=digits) if digits else found)
