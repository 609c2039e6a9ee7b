"""The mail log as a list (NTF-03)."""

from datetime import datetime
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from portal.core.mails import MAILS
from portal.core.tables import PortalTable
from portal.core.templatetags.look import chip
from portal.jobs.mail.states import mail_chip
from portal.jobs.models import Mail


class MailTable(PortalTable):
    created = tables.Column(verbose_name=_("Date Time"), order_by=("created_at",))
    recipient = tables.Column(verbose_name=_("Recipient"), order_by=("recipient",))
    template = tables.Column(verbose_name=_("Mail"), order_by=("template",))
    subject = tables.Column(verbose_name=_("Subject"), order_by=("subject",))
    state = tables.Column(verbose_name=_("Status"), order_by=("state",))
    attempts = tables.Column(verbose_name=_("Attempts"), order_by=("attempts",))
    next_try = tables.Column(verbose_name=_("Next try"), order_by=("next_try_at",))
    place = tables.Column(verbose_name=_("Sent by"), order_by=("schema",))

    default_sort = "-created"
    numeric = ("attempts",)
    secondary = ("subject", "attempts", "next_try", "place")
    empty_title = _("No mail yet")
    empty_text = _("Every mail that the portal sends is listed here, with its state and the next attempt.")

    def row_url(self, record: Mail) -> str:
        return reverse("jobs:mail_detail", args=[record.pk])

    def value_created(self, record: Mail) -> str:
        return record.created_at.isoformat(timespec="seconds")

    def cell_created(self, record: Mail) -> SafeString:
        return _time(record.created_at)

    def cell_recipient(self, record: Mail) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.row_url(record), record.recipient)

    def value_template(self, record: Mail) -> str:
        return mail_title(record.template)

    def value_state(self, record: Mail) -> str:
        return record.get_state_display()

    def cell_state(self, record: Mail) -> SafeString:
        return chip(mail_chip(record))

    def value_next_try(self, record: Mail) -> str:
        return record.next_try_at.isoformat(timespec="seconds") if record.next_try_at else ""

    def cell_next_try(self, record: Mail) -> SafeString | str:
        return _time(record.next_try_at) if record.next_try_at else ""

    def value_place(self, record: Mail) -> str:
        return getattr(record, "place_name", None) or record.schema


def mail_title(template: str) -> str:
    """How people call a mail; its file's name where it is no longer known."""
    return str(MAILS[template].title) if template in MAILS else template


def _time(at: datetime) -> Any:
    local, iso = timezone.localtime(at), at.isoformat(timespec="seconds")
    shown = f"{date_format(local, 'SHORT_DATE_FORMAT')} {local:%H:%M:%S}"
    return format_html('<time class="nowrap" datetime="{}" title="{}">{}</time>', iso, iso, shown)
