"""Filters of the list of voicemail boxes."""

import django_filters
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from extensions.models import Mailbox
from portal.core.filters import ChoiceFilter, PortalFilterSet


class BoxKind(models.TextChoices):
    EXTENSION = "extension", _("Of an extension")
    SHARED = "shared", _("Shared")


class PinState(models.TextChoices):
    SET = "set", _("Set")
    MISSING = "missing", _("Not set")


class MailboxFilter(PortalFilterSet):
    q = django_filters.CharFilter(label=_("Search"), method="search")
    kind = ChoiceFilter(label=_("Kind"), choices=BoxKind.choices, method="of_kind", empty_label=_("Any"))
    pin = ChoiceFilter(label=_("PIN"), choices=PinState.choices, method="with_pin", empty_label=_("Any"))

    class Meta:
        model = Mailbox
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Number from its start; name and address anywhere."""
        return rows.filter(
            Q(dial__startswith=value) | Q(label__icontains=value) | Q(email__icontains=value)
            | Q(extension__email__icontains=value)
        )  # fmt: skip

    def of_kind(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(extension__isnull=value == BoxKind.SHARED)

    def with_pin(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(pin="") if value == PinState.MISSING else rows.exclude(pin="")
