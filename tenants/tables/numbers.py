"""The platform's register of outside numbers (DID-01)."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from portal.core.phone_numbers import for_people
from portal.core.tables import PortalTable
from portal.core.templatetags.look import state_chip
from tenants.models import NumberState, RegisteredNumber


class RegisteredNumberTable(PortalTable):
    number = tables.Column(verbose_name=_("Number"), order_by=("e164",))
    state = tables.Column(verbose_name=_("State"))
    tenant = tables.Column(verbose_name=_("Tenant"), order_by=("instance__name",))
    until = tables.Column(verbose_name=_("Until"))
    kind = tables.Column(verbose_name=_("Type"))
    country = tables.Column(verbose_name=_("Country"))

    default_sort = "number"
    secondary = ("until", "kind", "country")
    empty_title = _("No outside numbers yet")
    empty_text = _("Add the numbers that your carriers gave you, then give them to tenants.")

    def row_url(self, record: RegisteredNumber) -> str:
        return reverse("tenants:number", args=[record.pk])

    def value_number(self, record: RegisteredNumber) -> str:
        return record.e164

    def cell_number(self, record: RegisteredNumber) -> SafeString:
        return format_html('<a class="nowrap" href="{}">{}</a>', self.row_url(record), for_people(record.e164))

    def value_state(self, record: RegisteredNumber) -> str:
        return record.get_state_display()

    def cell_state(self, record: RegisteredNumber) -> SafeString:
        return state_chip(NumberState(record.state))

    def value_tenant(self, record: RegisteredNumber) -> str:
        return record.instance.name if record.instance else ""

    def value_until(self, record: RegisteredNumber) -> Any:
        return record.until

    def cell_country(self, record: RegisteredNumber) -> str:
        return str(countries.name(record.country))

    def value_kind(self, record: RegisteredNumber) -> str:
        return record.get_kind_display()
