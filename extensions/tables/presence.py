"""Lists about statuses: who has which, and how somebody's changed."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from extensions.models import Extension, PresenceChange, StatusKind
from extensions.presence_selectors import StatusNow, status_now, words_of
from extensions.templatetags.states import status_chip
from portal.core.bulk import BulkAction
from portal.core.tables import PortalTable
from portal.permissions import Perm


class PresenceTable(PortalTable):
    """`available` is what that status is called here; the page sets it."""

    number = tables.Column(verbose_name=_("Number"))
    name = tables.Column(verbose_name=_("Name"), order_by=("directory_name",))
    status = tables.Column(verbose_name=_("Status"), order_by=("presence__status__position",))
    since = tables.Column(verbose_name=_("Since"), order_by=("presence__since",))
    why = tables.Column(verbose_name=_("Why"), orderable=False)
    note = tables.Column(verbose_name=_("Note"), order_by=("presence__note",))

    bulk = (BulkAction(_("Set status"), "user-check", "extensions:presence_bulk", Perm.PRESENCE_UPDATE),)
    default_sort = "number"
    secondary = ("since", "why", "note")
    empty_title = _("No extensions yet")
    empty_text = _("Whoever has an extension has a status. It shows here.")
    available = StatusKind.AVAILABLE.label

    def now(self, record: Extension) -> StatusNow:
        return status_now(record, at=timezone.now(), available=str(self.available))

    def row_url(self, record: Extension) -> str:
        return reverse("extensions:presence_history", args=[record.number])

    def tick_label(self, record: Extension) -> str:
        return gettext("Select extension %(number)s") % {"number": record.number}

    def cell_number(self, record: Extension) -> SafeString:
        return format_html('<a class="mono" href="{}">{}</a>', self.row_url(record), record.number)

    def value_name(self, record: Extension) -> str:
        return record.directory_name

    def cell_status(self, record: Extension) -> SafeString:
        return status_chip(self.now(record))

    def value_status(self, record: Extension) -> str:
        return self.now(record).label

    def value_since(self, record: Extension) -> Any:
        return self.now(record).since

    def value_why(self, record: Extension) -> str:
        return self.now(record).why

    def value_note(self, record: Extension) -> str:
        return self.now(record).note


class DirectoryTable(PresenceTable):
    """What every colleague may see, without tools."""

    bulk = ()
    sequence = ("number", "name", "status", "until", "note")
    until = tables.Column(verbose_name=_("Until"), order_by=("presence__until",))
    secondary = ("until", "note")

    may_dial = False  # the page sets it

    class Meta:
        exclude = ("since", "why")

    def row_url(self, record: Extension) -> str:
        return ""

    def cell_number(self, record: Extension) -> SafeString:
        if self.may_dial:
            words = gettext("Call %(name)s") % {"name": record.directory_name}
            url = reverse("extensions:me_call") + f"?number={record.number}"
            return format_html('<a class="mono" href="{}" title="{}">{}</a>', url, words, record.number)
        return format_html('<span class="mono">{}</span>', record.number)

    def value_until(self, record: Extension) -> Any:
        return self.now(record).until


class HistoryTable(PortalTable):
    at = tables.Column(verbose_name=_("When"))
    before = tables.Column(verbose_name=_("From"), orderable=False)
    after = tables.Column(verbose_name=_("To"), orderable=False)
    source = tables.Column(verbose_name=_("Changed by"))
    by_name = tables.Column(verbose_name=_("Person"))
    until = tables.Column(verbose_name=_("Until"))
    note = tables.Column(verbose_name=_("Note"), orderable=False)

    default_sort = "-at"
    secondary = ("by_name", "until", "note")
    empty_title = _("No changes yet")
    empty_text = _("Available since the extension exists. Every change of the status is listed here.")

    def value_source(self, record: PresenceChange) -> str:
        return words_of(record.source)
