"""Who was inside this tenant from another host (TEN-05)."""

from datetime import datetime

import django_tables2 as tables
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import SupportSession
from portal.accounts.models.support_session import SupportState
from portal.core.chips import chip_of
from portal.core.tables import PortalTable
from portal.core.templatetags.look import chip
from portal.permissions import Perm


class SupportTable(PortalTable):
    person = tables.Column(verbose_name=_("Person"), order_by=("actor_name",))
    reason = tables.Column(verbose_name=_("Reason"))
    started = tables.Column(verbose_name=_("From"), order_by=("started_at",))
    until = tables.Column(verbose_name=_("Until"), order_by=("ends_at",))
    ip = tables.Column(verbose_name=_("IP address"))
    status = tables.Column(verbose_name=_("Status"), orderable=False)
    action = tables.Column(verbose_name=_("Action"), orderable=False)

    default_sort = "-started"
    secondary = ("ip",)
    empty_title = _("Nobody was here")
    empty_text = _("Whenever somebody of the service provider works in this tenant, it stands here with the reason.")

    def value_person(self, record: SupportSession) -> str:
        return record.actor_name

    def value_started(self, record: SupportSession) -> str:
        return localtime(record.started_at).isoformat(timespec="minutes")

    def cell_started(self, record: SupportSession) -> datetime:
        return record.started_at

    def cell_until(self, record: SupportSession) -> datetime:
        return record.ended_at or record.ends_at

    def value_until(self, record: SupportSession) -> str:
        return localtime(record.ended_at or record.ends_at).isoformat(timespec="minutes")

    def value_status(self, record: SupportSession) -> str:
        label = str(record.state.label)
        return _now("%(state)s by %(name)s") % {"state": label, "name": record.ended_by} if record.ended_by else label

    def cell_status(self, record: SupportSession) -> SafeString:
        return chip(chip_of(record.state), self.value_status(record))

    def value_action(self, record: SupportSession) -> str:
        return ""

    def cell_action(self, record: SupportSession) -> SafeString | str:
        request: HttpRequest = self.portal_request
        if record.state != SupportState.OPEN or not request.user.may(Perm.SUPPORT_END):
            return ""
        return format_html(
            '<form class="inline" method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
            '<button class="btn btn-sm btn-outline-danger" type="submit">{}</button></form>',
            reverse("accounts:support_end", args=[record.pk]),
            get_token(request),
            _now("End"),
        )
