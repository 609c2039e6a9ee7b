"""The list of tenants (TEN-01): the columns that exist; others come with their features."""

from datetime import datetime
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from portal.core.tables import PortalTable
from portal.core.templatetags.look import state_chip
from tenants.models import Tenant, TenantState
from tenants.tenant_states import RESERVED


class TenantTable(PortalTable):
    instance = tables.Column(verbose_name=_("Instance"), order_by=("instance_number",))
    name = tables.Column(verbose_name=_("Name"))
    short_name = tables.Column(verbose_name=_("Short name"))
    fqdn = tables.Column(verbose_name=_("FQDN"))
    product = tables.Column(verbose_name=_("Product type"))
    status = tables.Column(verbose_name=_("Status"), order_by=("state",))
    extensions = tables.Column(verbose_name=_("Extensions used/limit"), order_by=("extensions_used", "max_extensions"))
    channels = tables.Column(verbose_name=_("Channels limit"), order_by=("max_channels",))
    created = tables.Column(verbose_name=_("Created"), order_by=("created_at",))

    default_sort = "instance"
    numeric = ("instance", "extensions", "channels")
    secondary = ("short_name", "product", "extensions", "channels", "created")
    empty_title = _("No tenants")
    empty_text = _("Create the first customer: the first instance cannot be one.")

    def row_url(self, record: Tenant) -> str:
        return reverse("tenants:detail", args=[record.instance_number])

    def value_instance(self, record: Tenant) -> int | None:
        return record.instance_number

    def cell_name(self, record: Tenant) -> SafeString:
        link = format_html('<a href="{}">{}</a>', self.row_url(record), record.name)
        return format_html('{}<div class="muted">{}</div>', link, RESERVED) if record.is_management else link

    def value_status(self, record: Tenant) -> str:
        return str(RESERVED) if record.is_management else record.get_state_display()

    def cell_status(self, record: Tenant) -> SafeString | str:
        return "" if record.is_management else state_chip(TenantState(record.state))

    def value_extensions(self, record: Tenant) -> str:
        return "" if record.is_management else f"{record.extensions_used}/{record.max_extensions}"

    def value_channels(self, record: Tenant) -> int | str:
        return "" if record.is_management else record.max_channels

    def value_created(self, record: Tenant) -> Any:
        return localtime(record.created_at).isoformat(timespec="minutes")

    def cell_created(self, record: Tenant) -> datetime:
        return record.created_at
