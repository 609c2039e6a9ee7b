"""The list of conference rooms."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as text
from django.utils.translation import gettext_lazy as _

from extensions.models import ConferenceRoom
from extensions.settings.words import yes_no
from portal.core.tables import PortalTable
from portal.core.templatetags.look import tone_chip


class RoomTable(PortalTable):
    number = tables.Column(verbose_name=_("Number"))
    name = tables.Column(verbose_name=_("Name"))
    pin = tables.Column(verbose_name=_("PIN"), orderable=False, empty_values=())
    people = tables.Column(verbose_name=_("Members"))
    most = tables.Column(verbose_name=_("Most people"))
    waits = tables.Column(verbose_name=_("Guests wait"), order_by=("wait_for_member",))

    default_sort = "number"
    numeric = ("people", "most")
    secondary = ("most", "waits")
    empty_title = _("No conference rooms yet")
    empty_text = _("A room is a number that several people dial to talk together.")

    def row_url(self, record: ConferenceRoom) -> str:
        return reverse("extensions:conference_room", args=[record.pk])

    def cell_number(self, record: ConferenceRoom) -> SafeString:
        return format_html('<a class="mono" href="{}">{}</a>', self.row_url(record), record.number)

    def value_pin(self, record: ConferenceRoom) -> str:
        return text("Asked for") if record.pin else text("Open")

    def cell_pin(self, record: ConferenceRoom) -> SafeString:
        asked = bool(record.pin)
        return tone_chip("good" if asked else "neutral", self.value_pin(record), "lock" if asked else "lock-open")

    def value_waits(self, record: ConferenceRoom) -> str:
        return yes_no(record.wait_for_member)
