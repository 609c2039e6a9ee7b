"""Filters of the list of users."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.core.filters import ChoiceFilter, PortalFilterSet
from portal.permissions import BuiltinRole

_YES_NO = (("yes", _("May sign in")), ("no", _("Locked")))


class UserFilter(PortalFilterSet):
    q = django_filters.CharFilter(label=_("Search"), method="search")
    role = ChoiceFilter(label=_("Role"), field_name="roles__code", choices=BuiltinRole.choices, empty_label=_("Any"))
    active = ChoiceFilter(label=_("Status"), method="by_active", choices=_YES_NO, empty_label=_("Any"))

    class Meta:
        model = User
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Name, logon, e-mail address or personnel ID."""
        if "\x00" in value:
            return rows.none()
        return rows.filter(
            Q(display_name__icontains=value)
            | Q(username__icontains=value)
            | Q(email__icontains=value)
            | Q(personnel_id__icontains=value)
        )

    def by_active(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(is_active=value == "yes")
