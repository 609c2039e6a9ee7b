"""The list of teams (TEAM-01)."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from extensions.models import RingStrategy, Team
from portal.core.tables import PortalTable


class TeamTable(PortalTable):
    name = tables.Column(verbose_name=_("Name"))
    number = tables.Column(verbose_name=_("Number"))
    size = tables.Column(verbose_name=_("Members"))
    ringing = tables.Column(verbose_name=_("Ringing"), order_by=("strategy",))
    description = tables.Column(verbose_name=_("Description"))

    default_sort = "name"
    numeric = ("size",)
    secondary = ("description", "ringing")
    empty_title = _("No teams yet")
    empty_text = _("A team is a group of extensions. With a number of its own it rings them together or in turn.")

    def row_url(self, record: Team) -> str:
        return reverse("extensions:team", args=[record.pk])

    def cell_name(self, record: Team) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.row_url(record), record.name)

    def cell_number(self, record: Team) -> SafeString:
        return format_html('<span class="mono">{}</span>', record.number)

    def cell_ringing(self, record: Team) -> SafeString:
        return format_html('<span class="nowrap">{}</span>', self.value_ringing(record))

    def value_ringing(self, record: Team) -> Any:
        return str(RingStrategy(record.strategy).label) if record.number else ""
