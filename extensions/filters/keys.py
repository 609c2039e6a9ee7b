"""Search in key templates."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from extensions.models import KeyPanel
from extensions.phone_models import MODELS
from portal.core.filters import PortalFilterSet


class KeyTemplateFilter(PortalFilterSet):
    q = django_filters.CharFilter(label=_("Search"), method="search")

    class Meta:
        model = KeyPanel
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Name, or telephone model, anywhere."""
        models = [code for code, model in MODELS.items() if value.casefold() in str(model).casefold()]
        return rows.filter(Q(name__icontains=value) | Q(model__in=models))
