"""Reading the audit log, on both hosts."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.audit.differences import as_json, differences
from portal.audit.filters import AuditFilter
from portal.audit.models import LogEntry
from portal.audit.selectors import entries
from portal.audit.tables import AuditTable
from portal.core.pages import ListPage, Page
from portal.permissions import Perm


class AuditList(ListPage):
    """The log of this schema (AUD-02)."""

    permission = Perm.AUDIT_READ
    template = "audit/entry_list.html"
    partial = "audit/_entry_table.html"
    table = AuditTable
    filter = AuditFilter
    export_name = "audit-log"

    def rows(self) -> QuerySet[LogEntry]:
        return entries()


class AuditEntry(Page):
    """One row with its difference (AUD-06)."""

    permission = Perm.AUDIT_READ
    template = "audit/entry.html"
    partial = "audit/_difference.html"
    request: HttpRequest

    def context(self) -> dict[str, Any]:
        entry = get_object_or_404(entries(), pk=self.kwargs["pk"])
        return {
            "entry": entry,
            "changes": differences(entry),
            "raw": as_json(entry) if entry.changes else "",
            "facts": _facts(entry),
        }


def _facts(entry: LogEntry) -> list[dict[str, str]]:
    at = timezone.localtime(entry.timestamp)
    found = [
        (_("User"), entry.user_name or "–"),
        (_("Person behind it"), entry.acting_name),
        (_("IP"), entry.remote_addr or "–"),
        (_("Date Time"), f"{date_format(at, 'SHORT_DATE_FORMAT')} {at:%H:%M:%S} {at.tzname()}"),
        (_("Action"), entry.get_verb_display()),
        (_("Table"), entry.table_text),
        (_("Message"), entry.message_text),
        (_("Object"), entry.object_repr),
        (_("Source"), entry.get_source_display()),
        (_("Request id"), entry.cid if entry.cid != "-" else ""),
    ]
    return [{"label": label, "value": value} for label, value in found if value]
