"""Tenant Creation Management as a list (REG-16)."""

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
from tenants.models import RequestState, SubscriptionRequest


class RequestTable(PortalTable):
    reference = tables.Column(verbose_name=_("Reference"))
    name = tables.Column(verbose_name=_("Name"))
    short_name = tables.Column(verbose_name=_("Short name"))
    template = tables.Column(
        verbose_name=_("Template"), order_by=("template_version__name", "template_version__number")
    )
    requester = tables.Column(verbose_name=_("Requester"), order_by=("requester__display_name",))
    submitted = tables.Column(verbose_name=_("Submitted"), order_by=("submitted_at",))
    status = tables.Column(verbose_name=_("Status"), order_by=("state",))
    scheduled = tables.Column(verbose_name=_("Scheduled for"), order_by=("scheduled_for",))
    finished = tables.Column(verbose_name=_("Finished"), order_by=("finished_at",))
    message = tables.Column(verbose_name=_("Message"), orderable=False)

    default_sort = "-submitted"
    secondary = ("short_name", "template", "requester", "submitted", "scheduled", "finished", "message")
    detail_page = "tenants:request"
    empty_title = _("No requests")
    empty_text = _("Whoever orders a tenant on the registration page appears here.")

    def row_url(self, record: SubscriptionRequest) -> str:
        return reverse(self.detail_page, args=[record.reference])

    def cell_reference(self, record: SubscriptionRequest) -> SafeString:
        return format_html('<a class="mono" href="{}">{}</a>', self.row_url(record), record.reference)

    def value_template(self, record: SubscriptionRequest) -> str:
        return str(record.template_version)

    def value_requester(self, record: SubscriptionRequest) -> str:
        return str(record.requester)

    def value_status(self, record: SubscriptionRequest) -> str:
        return record.get_state_display()

    def cell_status(self, record: SubscriptionRequest) -> SafeString:
        return state_chip(RequestState(record.state))

    def value_submitted(self, record: SubscriptionRequest) -> str:
        return _exact(record.submitted_at)

    def cell_submitted(self, record: SubscriptionRequest) -> datetime | None:
        return record.submitted_at

    def value_scheduled(self, record: SubscriptionRequest) -> str:
        return _exact(record.scheduled_for)

    def cell_scheduled(self, record: SubscriptionRequest) -> datetime | None:
        return record.scheduled_for

    def value_finished(self, record: SubscriptionRequest) -> str:
        return _exact(record.finished_at)

    def cell_finished(self, record: SubscriptionRequest) -> datetime | None:
        return record.finished_at

    def cell_message(self, record: SubscriptionRequest) -> SafeString | str:
        return format_html('<div class="long-text">{}</div>', record.message) if record.message else ""


class OwnRequestTable(RequestTable):
    """The same list for whoever made the requests."""

    detail_page = "register:request"
    empty_text = _("You have not requested a tenant yet.")


def _exact(at: datetime | None) -> Any:
    return localtime(at).isoformat(timespec="minutes") if at else ""
