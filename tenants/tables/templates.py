"""The list of service templates (TPL-01)."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.core.tables import PortalTable
from portal.core.templatetags.look import state_chip
from tenants.models import ServiceTemplate, TemplateState


class TemplateTable(PortalTable):
    name = tables.Column(verbose_name=_("Name"))
    status = tables.Column(verbose_name=_("Status"), order_by=("state",))
    version = tables.Column(verbose_name=_("Version"))
    offered = tables.Column(verbose_name=_("Offered to"), order_by=("audience",))
    product = tables.Column(verbose_name=_("Product type"))
    extensions = tables.Column(verbose_name=_("Extensions"), order_by=("max_extensions",))
    price = tables.Column(verbose_name=_("Price a month"))
    tenants = tables.Column(verbose_name=_("Tenants"))

    default_sort = "name"
    numeric = ("version", "extensions", "price", "tenants")
    secondary = ("offered", "product", "extensions", "price")
    empty_title = _("No service templates")
    empty_text = _("A service template is what a tenant is made from. Make one, edit its content, then publish it.")

    def row_url(self, record: ServiceTemplate) -> str:
        return reverse("tenants:template", args=[record.pk])

    def cell_name(self, record: ServiceTemplate) -> SafeString:
        link = format_html('<a href="{}">{}</a>', self.row_url(record), record.name)
        return format_html('{} <span class="muted">({})</span>', link, _now("default")) if record.is_default else link

    def value_status(self, record: ServiceTemplate) -> str:
        return record.get_state_display()

    def cell_status(self, record: ServiceTemplate) -> SafeString:
        return state_chip(TemplateState(record.state))

    def value_offered(self, record: ServiceTemplate) -> str:
        return record.get_audience_display()

    def value_extensions(self, record: ServiceTemplate) -> int:
        return record.max_extensions

    def value_price(self, record: ServiceTemplate) -> str:
        return "" if record.price is None else f"{record.price} {record.currency}"
