"""The list of telephones (PRV-02)."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from extensions.models import Phone
from extensions.phone_models import model_of
from extensions.provisioning.build import access_of
from extensions.provisioning.freshness import state_of
from extensions.services.phones.mac import for_people
from portal.core.tables import PortalTable
from portal.core.templatetags.look import state_chip
from portal.permissions import Perm


def phone_page(user: Any) -> str:
    """Which page of a telephone leads to the others for this person: its form, or what it fetches."""
    return "extensions:phone" if user.may(Perm.PHONE_UPDATE) else "extensions:phone_configuration"


class PhoneTable(PortalTable):
    mac = tables.Column(verbose_name=_("MAC address"))
    model = tables.Column(verbose_name=_("Model"))
    extension = tables.Column(verbose_name=_("Extension"), order_by=("extension__number",))
    place = tables.Column(verbose_name=_("Place"))
    modules = tables.Column(verbose_name=_("Modules"))
    keys_used = tables.Column(verbose_name=_("Keys"), order_by=("keys_used",))
    configuration = tables.Column(verbose_name=_("Configuration"), order_by=("access__fetched_at",), empty_values=())

    default_sort = "mac"
    numeric = ("modules", "keys_used")
    secondary = ("place", "modules", "keys_used")
    empty_title = _("No telephones yet")
    empty_text = _("Add a telephone by its MAC address, or import many from a file. Its keys come from its extension.")

    def row_url(self, record: Phone) -> str:
        return reverse(phone_page(self.portal_request.user), args=[record.pk])

    def value_mac(self, record: Phone) -> str:
        return for_people(record.mac)

    def cell_mac(self, record: Phone) -> SafeString:
        return format_html('<a class="mono" href="{}">{}</a>', self.row_url(record), for_people(record.mac))

    def value_model(self, record: Phone) -> str:
        return str(model_of(record.model))

    def value_extension(self, record: Phone) -> str:
        return record.extension.number if record.extension else ""

    def cell_extension(self, record: Phone) -> SafeString:
        if record.extension is None:
            return format_html('<span class="muted">{}</span>', gettext("Nobody’s yet"))
        address = reverse("extensions:keys", args=[record.extension.number])
        return format_html(
            '<a href="{}"><span class="mono">{}</span> {}</a>',
            address, record.extension.number, record.extension.directory_name,
        )  # fmt: skip

    def value_configuration(self, record: Phone) -> str:
        return str(state_of(access_of(record), timezone.now()).label)

    def cell_configuration(self, record: Phone) -> SafeString:
        address = reverse("extensions:phone_configuration", args=[record.pk])
        shown = state_chip(state_of(access_of(record), timezone.now()))
        return format_html('<a href="{}">{}</a>', address, shown)

    def value_keys_used(self, record: Phone) -> str:
        used: int = record.keys_used  # type: ignore[attr-defined]
        limit = model_of(record.model).keys(record.modules)
        return gettext("%(used)d of %(limit)d") % {"used": used, "limit": limit}
