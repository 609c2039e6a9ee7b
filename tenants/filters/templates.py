"""What the list of service templates can be narrowed by."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core.filters import ChoiceFilter, PortalFilterSet
from tenants.models import Audience, ServiceTemplate, TemplateState


class TemplateFilter(PortalFilterSet):
    q = django_filters.CharFilter(label=_("Search"), method="search")
    state = ChoiceFilter(label=_("Status"), choices=TemplateState.choices, empty_label=_("Any"))
    audience = ChoiceFilter(label=_("Offered to"), choices=Audience.choices, empty_label=_("Any"))

    class Meta:
        model = ServiceTemplate
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Name and description anywhere."""
        return rows.filter(Q(name__icontains=value) | Q(description__icontains=value))
