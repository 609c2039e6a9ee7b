"""Filters of the audit log (AUD-09 for what exists)."""

from datetime import date, datetime, time, timedelta
from ipaddress import ip_address
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.audit.labels import known_tables
from portal.audit.models import LogEntry, Source, Verb
from portal.core.filters import ChoiceFilter, PortalFilterSet


def _tables() -> list[tuple[str, str]]:
    return sorted(((table, gettext(table)) for table in known_tables()), key=lambda pair: pair[1])


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"})


class AuditFilter(PortalFilterSet):
    q = django_filters.CharFilter(label=_("Search"), method="search")
    user = django_filters.CharFilter(label=_("User"), method="by_user")
    action = ChoiceFilter(label=_("Action"), field_name="verb", choices=Verb.choices, empty_label=_("Any"))
    table = ChoiceFilter(label=_("Table"), empty_label=_("Any"))
    since = django_filters.DateFilter(label=_("From"), method="from_day", widget=_day())
    until = django_filters.DateFilter(label=_("Until"), method="until_day", widget=_day())
    ip = django_filters.CharFilter(label=_("IP"), method="by_ip")
    acting = ChoiceFilter(
        label=_("In a support session"),
        method="by_acting",
        choices=[("yes", _("Yes")), ("no", _("No"))],
        empty_label=_("Any"),
    )
    source = ChoiceFilter(label=_("Source"), choices=Source.choices, empty_label=_("Any"))

    class Meta:
        model = LogEntry
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["table"].extra["choices"] = _tables()

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """What changed, who changed it, and the request's id."""
        return rows.filter(Q(object_repr__icontains=value) | Q(user_name__icontains=value) | Q(cid=value))

    def by_user(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Whoever signed in, and whoever was behind it."""
        return rows.filter(Q(user_name__icontains=value) | Q(acting_name__icontains=value))

    def by_ip(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        try:
            return rows.filter(remote_addr=str(ip_address(value.strip())))
        except ValueError:
            return rows.none()

    def by_acting(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.exclude(acting_name="") if value == "yes" else rows.filter(acting_name="")

    def from_day(self, rows: QuerySet, name: str, value: date) -> QuerySet:
        return rows.filter(timestamp__gte=_midnight(value))

    def until_day(self, rows: QuerySet, name: str, value: date) -> QuerySet:
        """The day itself is included."""
        return rows.filter(timestamp__lt=_midnight(value + timedelta(days=1))) if value < date.max else rows


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
