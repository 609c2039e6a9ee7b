"""What the list of requests can be narrowed by (REG-16)."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core.filters import ChoiceFilter, PortalFilterSet
from tenants.models import RequestState, SubscriptionRequest


class RequestFilter(PortalFilterSet):
    q = django_filters.CharFilter(label=_("Search"), method="search")
    status = ChoiceFilter(label=_("Status"), field_name="state", choices=RequestState.choices, empty_label=_("Any"))

    class Meta:
        model = SubscriptionRequest
        fields: list[str] = []

    def search(self, found: QuerySet, _name: str, words: str) -> QuerySet:
        """Reference, name, short name, UPN suffix, FQDN, company, contact and requester."""
        columns = (
            "reference",
            "name",
            "short_name",
            "upn_suffix",
            "fqdn",
            "company",
            "contact_name",
            "contact_email",
            "requester__display_name",
        )
        for word in words.replace("\0", "").split()[:8]:
            wanted = Q()
            for column in columns:
                wanted |= Q(**{f"{column}__icontains": word})
            found = found.filter(wanted)
        return found
