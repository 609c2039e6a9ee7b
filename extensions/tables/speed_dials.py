"""Lists of speed dials; their exports can be imported again (SPD-02, SPD-03)."""

from typing import Any

import django_tables2 as tables
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from extensions.models import SpeedDial
from portal.core.phone_numbers import for_people
from portal.core.tables import PortalTable
from portal.core.templatetags.look import tone_chip
from portal.permissions import Perm


class SharedDialTable(PortalTable):
    code = tables.Column(verbose_name=_("Code"), order_by=("digits",))
    label = tables.Column(verbose_name=_("Label"))
    number = tables.Column(verbose_name=_("Number"))

    default_sort = "code"
    empty_title = _("No shared speed dials yet")
    empty_text = _("A speed dial is a code from *0 to *99 that every telephone here can dial for a longer number.")

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)
        self.may_change = request.user.may(Perm.SPEED_DIAL_UPDATE)  # type: ignore[union-attr]

    def heading(self) -> list[str]:
        """The names of the columns as an import knows them, for the export."""
        return self.visible()

    def row_url(self, record: SpeedDial) -> str:
        return reverse("extensions:speed_dial", args=[record.pk]) if self.may_change else ""

    def cell_code(self, record: SpeedDial) -> SafeString:
        url = self.row_url(record)
        if not url:
            return format_html('<span class="mono">{}</span>', record.code)
        return format_html('<a class="mono" href="{}">{}</a>', url, record.code)

    def cell_number(self, record: SpeedDial) -> SafeString:
        return format_html('<span class="nowrap">{}</span>', for_people(record.number))


class DialTable(SharedDialTable):
    """Those that one extension can dial."""

    scope = tables.Column(verbose_name=_("Whose"), order_by=("extension_id",))

    empty_title = _("No speed dials yet")
    empty_text = _("Personal ones are only for this extension; a shared one with the same code steps back.")

    def row_url(self, record: SpeedDial) -> str:
        if record.extension_id is None or not self.may_change:
            return ""
        return reverse("extensions:extension_speed_dial", args=[self.number_of(), record.pk])

    def number_of(self) -> str:
        """The extension that the list is about."""
        match: Any = self.portal_request.resolver_match
        return str(match.kwargs["number"])

    def value_scope(self, record: SpeedDial) -> str:
        if record.extension_id is not None:
            return _g("Personal")
        return _g("Shared, replaced by a personal one") if record.overridden else _g("Shared")  # type: ignore[attr-defined]

    def cell_scope(self, record: SpeedDial) -> SafeString:
        if record.extension_id is not None:
            return tone_chip("good", self.value_scope(record), "user")
        tone, icon = ("cancelled", "ban") if record.overridden else ("neutral", "users")  # type: ignore[attr-defined]
        return tone_chip(tone, self.value_scope(record), icon)
