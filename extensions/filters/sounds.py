"""Filters of the list of sounds."""

import django_filters
from django.utils.translation import gettext_lazy as _

from extensions.models import AudioFile, AudioPurpose
from portal.core.filters import ChoiceFilter, PortalFilterSet


class SoundFilter(PortalFilterSet):
    q = django_filters.CharFilter(label=_("Search"), field_name="name", lookup_expr="icontains")
    purpose = ChoiceFilter(label=_("Purpose"), choices=AudioPurpose.choices, empty_label=_("Any"))

    class Meta:
        model = AudioFile
        fields: list[str] = []
