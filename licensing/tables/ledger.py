"""The ledger of licences: a row for every change of a count (LIC-13)."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from licensing.models import LedgerEntry
from portal.core.tables import PortalTable


class LedgerTable(PortalTable):
    """Its rows come from `selectors.ledger`."""

    at = tables.Column(verbose_name=_("When"))
    licence = tables.Column(verbose_name=_("License"))
    counter = tables.Column(verbose_name=_("Count"))
    change = tables.Column(verbose_name=_("Change"))
    balance = tables.Column(verbose_name=_("Afterwards"))
    reason = tables.Column(verbose_name=_("Why"))
    extension = tables.Column(verbose_name=_("Extension"))
    by = tables.Column(verbose_name=_("Who"))

    default_sort = "-at"
    numeric = ("change", "balance")
    secondary = ("counter", "extension", "by")
    empty_title = _("No changes yet")
    empty_text = _("Whenever licenses are bought, used or given back, a row here says so.")

    def value_counter(self, record: LedgerEntry) -> str:
        return record.get_counter_display()

    def cell_change(self, record: LedgerEntry) -> str:
        """With its sign; a file has the plain number, which spreadsheets add up."""
        return f"{record.change:+d}"

    def value_balance(self, record: LedgerEntry) -> Any:
        return _now("Not counted") if record.balance is None else record.balance

    def value_reason(self, record: LedgerEntry) -> str:
        return record.get_reason_display()

    def cell_extension(self, record: LedgerEntry) -> SafeString | str:
        return format_html('<span class="mono">{}</span>', record.extension) if record.extension else ""
