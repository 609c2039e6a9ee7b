"""Filters of the mail log."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core.filters import ChoiceFilter, PortalFilterSet
from portal.core.mails import MAILS
from portal.jobs.models import Mail, MailState


class MailFilter(PortalFilterSet):
    q = django_filters.CharFilter(label=_("Search"), method="search")
    status = ChoiceFilter(label=_("Status"), field_name="state", choices=MailState.choices, empty_label=_("Any"))
    template = ChoiceFilter(
        label=_("Mail"), choices=[(kind.name, kind.title) for kind in MAILS.values()], empty_label=_("Any")
    )

    class Meta:
        model = Mail
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(Q(recipient__icontains=value) | Q(subject__icontains=value))
