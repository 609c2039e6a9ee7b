"""Filters of the list of sounds."""

import django_filters
from django.utils.translation import gettext_lazy as _

from extensions.models import AudioFile, AudioPurpose


class SoundFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Search"), field_name="name", lookup_expr="icontains")
    purpose = django_filters.ChoiceFilter(label=_("Purpose"), choices=AudioPurpose.choices, empty_label=_("Any"))

    class Meta:
        model = AudioFile
        fields: list[str] = []
