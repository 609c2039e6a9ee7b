"""The list of voicemail boxes (VM-01 to VM-04, VM-06)."""

from collections.abc import Iterator, Mapping
from typing import Any

import django_tables2 as tables
from django.core.paginator import Page as Sheet
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as text
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from extensions.models import Mailbox
from extensions.pbx.events import BoxCount
from extensions.pbx.live.reader import live_now
from extensions.services.voicemail.selectors import BoxStates, Limits
from portal.core.tables import PortalTable
from portal.core.templatetags.look import tone_chip


class MailboxTable(PortalTable):
    number = tables.Column(verbose_name=_("Number"), order_by=("dial",))
    name = tables.Column(verbose_name=_("Name"), order_by=("label",))
    kind = tables.Column(verbose_name=_("Kind"), orderable=False, empty_values=())
    state = tables.Column(verbose_name=_("State"), orderable=False, empty_values=())
    mail = tables.Column(verbose_name=_("E-mail"), orderable=False, empty_values=())
    greeting = tables.Column(verbose_name=_("Greeting"), order_by=("greeting__name",))
    pin = tables.Column(verbose_name=_("PIN"), orderable=False, empty_values=())
    messages = tables.Column(verbose_name=_("Messages"), order_by=("messages",))
    room = tables.Column(verbose_name=_("Room used"), order_by=("filled",))

    default_sort = "number"
    secondary = ("kind", "mail", "greeting", "room")
    empty_title = _("No voicemail boxes yet")
    empty_text = _("Every extension comes with a box. A shared box has a number of its own, for example for orders.")
    _states: BoxStates
    limits: Limits  # once rows are shown
    _counts: Mapping[int, BoxCount]

    def show(self, sheet: Sheet) -> None:
        super().show(sheet)
        self._load(list(sheet))

    def values(self, records: QuerySet) -> Iterator[list[Any]]:
        self._load(list(records))
        return super().values(records)

    def _load(self, boxes: list[Mailbox]) -> None:
        self._states = BoxStates(boxes)
        self.limits = self._states.limits
        self._counts = live_now().boxes if boxes else {}

    def some_are_full(self) -> bool:
        """Whether any box of the tenant, on this sheet or not, is reported full."""
        shown: list[Any] = list(self.sheet)
        return bool(shown) and self.limits.fills(shown[0].fullest)

    def row_url(self, record: Mailbox) -> str:
        return reverse("extensions:mailbox", args=[record.pk])

    def value_number(self, record: Any) -> str:
        return record.dial

    def cell_number(self, record: Any) -> SafeString:
        return format_html('<a class="mono" href="{}">{}</a>', self.row_url(record), record.dial)

    def value_name(self, record: Any) -> str:
        return record.label

    def value_kind(self, record: Mailbox) -> str:
        return text("Shared") if record.is_shared else text("Extension")

    def value_state(self, record: Mailbox) -> str:
        if self.limits.is_full(record):
            return text("Full")
        return text("On") if self._states.of(record).enabled else text("Off")

    def cell_state(self, record: Mailbox) -> SafeString:
        if self.limits.is_full(record):
            return tone_chip("failed", text("Full"))
        on = self._states.of(record).enabled
        return tone_chip("good", text("On")) if on else tone_chip("cancelled", text("Off"))

    def value_mail(self, record: Mailbox) -> str:
        state = self._states.of(record)
        words = str(state.mail.label)
        return text("%(mode)s, then deleted") % {"mode": words} if state.deletes else words

    def value_greeting(self, record: Mailbox) -> str:
        return record.greeting.name if record.greeting else text("Standard")

    def value_pin(self, record: Mailbox) -> str:
        return text("Set") if record.pin else text("Not set")

    def cell_pin(self, record: Mailbox) -> SafeString:
        if record.link_token:
            return tone_chip("queued", text("Link sent"), "mail")
        return tone_chip("good", text("Set"), "lock") if record.pin else tone_chip("warning", text("Not set"))

    def value_messages(self, record: Mailbox) -> str:
        return count_words(self._counts.get(record.pk), record)

    def value_room(self, record: Mailbox) -> str:
        return room_used(record, self.limits)


def count_words(count: BoxCount | None, box: Mailbox) -> str:
    """`2 new, 3 read` as the PBX tells now, else what it reported last, else that nobody knows."""
    if count is not None:
        return text("%(new)d new, %(old)d read") % {"new": count.new, "old": count.old}
    if box.messages is None:
        return text("Not reported yet")
    return ngettext("%(n)d message", "%(n)d messages", box.messages) % {"n": box.messages}


def room_used(box: Mailbox, within: Limits) -> str:
    """`12 of 60 minutes`, or that no telephone system has reported yet."""
    if box.used_seconds is None:
        return text("Not reported yet")
    facts = {"used": -(-box.used_seconds // 60), "most": within.box_minutes}
    return text("%(used)d of %(most)d minutes") % facts
