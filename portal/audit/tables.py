"""The audit log as a list: the seven columns of AUD-02, and two more to choose."""

import json
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.audit.models import LogEntry
from portal.core.tables import PortalTable


class AuditTable(PortalTable):
    user = tables.Column(verbose_name=_("User"), order_by=("user_name",))
    ip = tables.Column(verbose_name=_("IP"), order_by=("remote_addr",))
    date_time = tables.Column(verbose_name=_("Date Time"), order_by=("timestamp",))
    action = tables.Column(verbose_name=_("Action"), order_by=("verb",))
    table = tables.Column(verbose_name=_("Table"), order_by=("table",))
    message = tables.Column(verbose_name=_("Message"), order_by=("message",))
    data = tables.Column(verbose_name=_("Data"), orderable=False)
    acting = tables.Column(verbose_name=_("Person behind it"), order_by=("acting_name",))
    source = tables.Column(verbose_name=_("Source"), order_by=("source",))

    default_sort = "-date_time"
    always = ("user", "ip", "date_time", "action", "table", "message", "data")
    secondary = ("ip", "action", "message", "acting", "source")
    empty_title = _("Nothing recorded yet")
    empty_text = _("Every sign-in and every change is written here, with who made it, from where, and what changed.")

    def visible(self) -> list[str]:
        return super().visible() if "columns" in self.portal_request.GET else list(self.always)

    # An export leaves nothing out unless columns were chosen: whoever asks for the log asks for evidence.
    def heading(self) -> list[str]:
        return [self.label(key) for key in self._exported()]

    def values(self, records: Any) -> Any:
        for record in records.iterator(chunk_size=2000):
            yield [self.value(key, record) for key in self._exported()]

    def row_url(self, record: LogEntry) -> str:
        return reverse("audit:entry", args=[record.pk])

    def value_user(self, record: LogEntry) -> str:
        return record.user_name

    def cell_user(self, record: LogEntry) -> SafeString | str:
        name = record.user_name or "–"
        if not record.acting_name:
            return name
        behind = _now("by %(person)s") % {"person": record.acting_name}
        return format_html('{}<br><span class="muted">{}</span>', name, behind)

    def value_ip(self, record: LogEntry) -> str:
        return record.remote_addr or ""

    def value_date_time(self, record: LogEntry) -> str:
        return record.timestamp.isoformat(timespec="seconds")

    def cell_date_time(self, record: LogEntry) -> SafeString:
        local = timezone.localtime(record.timestamp)
        shown = f"{date_format(local, 'SHORT_DATE_FORMAT')} {local:%H:%M:%S}"
        iso = record.timestamp.isoformat(timespec="seconds")
        return format_html('<time class="nowrap" datetime="{}" title="{}">{}</time>', iso, iso, shown)

    def value_action(self, record: LogEntry) -> str:
        return record.get_verb_display()

    def value_table(self, record: LogEntry) -> str:
        return f"{record.table_text}: {record.object_repr}" if record.object_repr else record.table_text

    def cell_table(self, record: LogEntry) -> SafeString:
        # A link here, too: on a narrow screen the last column is out of sight.
        link = format_html('<a href="{}">{}</a>', self.row_url(record), record.table_text)
        if not record.object_repr:
            return link
        return format_html('{}<br><span class="muted clip">{}</span>', link, record.object_repr)

    def value_message(self, record: LogEntry) -> str:
        return record.message_text

    def value_data(self, record: LogEntry) -> str:
        return json.dumps(record.changes, ensure_ascii=False) if record.changes else ""

    def cell_data(self, record: LogEntry) -> SafeString | str:
        if not record.changes:
            return ""
        return format_html('<a class="nowrap" href="{}">{}</a>', self.row_url(record), _now("View Difference"))

    def value_acting(self, record: LogEntry) -> str:
        return record.acting_name

    def value_source(self, record: LogEntry) -> str:
        return record.get_source_display()

    def _exported(self) -> list[str]:
        return super().visible()
