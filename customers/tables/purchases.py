"""The licence history (PLT-16): date, type, edition, duration, state."""

import django_tables2 as tables
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from customers.models import Purchase, PurchaseState
from portal.core.money import in_words
from portal.core.tables import PortalTable
from portal.core.templatetags.look import state_chip


class PurchaseTable(PortalTable):
    bought_at = tables.Column(verbose_name=_("Date"))
    name = tables.Column(verbose_name=_("Type"))
    edition = tables.Column(verbose_name=_("Edition"))
    quantity = tables.Column(verbose_name=_("Number"))
    duration = tables.Column(verbose_name=_("Duration"), order_by=("starts", "ends"))
    price = tables.Column(verbose_name=_("A month each"), order_by=("unit_minor",))
    state = tables.Column(verbose_name=_("State"))
    bought_by = tables.Column(verbose_name=_("Bought by"))

    default_sort = "-bought_at"
    numeric = ("quantity", "price")
    secondary = ("edition", "price", "bought_by")
    empty_title = _("Nothing bought yet")
    empty_text = _("Every purchase of licenses is kept here, also after it was cancelled.")

    def value_duration(self, record: Purchase) -> str:
        start = date_format(record.starts, "SHORT_DATE_FORMAT")
        if record.ends is None:
            return _now("from %(start)s, by the month") % {"start": start}
        return _now("%(start)s to %(end)s") % {"start": start, "end": date_format(record.ends, "SHORT_DATE_FORMAT")}

    def cell_duration(self, record: Purchase) -> SafeString:
        return format_html('<span class="nowrap">{}</span>', self.value_duration(record))

    def value_price(self, record: Purchase) -> str:
        return _now("included") if record.included else in_words(record.unit_minor, record.currency)

    def value_state(self, record: Purchase) -> str:
        return str(PurchaseState(record.state).label)

    def cell_state(self, record: Purchase) -> SafeString:
        return state_chip(PurchaseState(record.state))
