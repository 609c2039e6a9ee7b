"""The two lists behind “Manage” of Phone System: provisioned extensions, and numbers."""

from functools import cached_property
from typing import Any

import django_tables2 as tables
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from extensions.models import Extension, OutsideNumber
from extensions.tables.cells import ExtensionCells
from portal.core.phone_numbers import for_people
from portal.core.tables import PortalTable
from portal.core.templatetags.look import icon, tone_chip
from portal.permissions import Perm


class ProvisionedTable(ExtensionCells):
    """Its rows come from `selectors.provisioned`."""

    number = tables.Column(verbose_name=_("Ext Key"))
    name = tables.Column(verbose_name=_("Name"), order_by=("directory_name",))
    user = tables.Column(verbose_name=_("User"), order_by=("user_name",))
    outside = tables.Column(verbose_name=_("Number"))
    addons = tables.Column(verbose_name=_("Add-ons"), order_by=("addon_names",))
    status = tables.Column(verbose_name=_("Status"), order_by=("state",))
    manage = tables.Column(verbose_name=_("Licenses"), orderable=False)

    default_sort = "number"
    secondary = ("user", "outside", "addons", "status")
    empty_title = _("Nothing provisioned yet")
    empty_text = _("Provisioning makes extensions from your free Phone System licenses and gives them to people.")

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)
        self.may_change = request.user.may(Perm.LICENCE_UPDATE)  # type: ignore[union-attr]

    def visible(self) -> list[str]:
        return [key for key in super().visible() if key != "manage" or self.may_change]

    @cached_property
    def _button(self) -> str:
        """The row's button, with gaps for the extension's number."""
        address = escape(reverse("licensing:extension", args=["00000"])).replace("00000", "%s")
        words, about = escape(gettext("Manage")), escape(gettext("Manage licenses of %(number)s"))
        return (
            f'<a class="btn btn-sm" href="{address}" aria-label="{about.replace("%(number)s", "%s")}">'
            f"{icon('adjustments')}{words}</a>"
        )

    def cell_manage(self, record: Extension) -> SafeString:
        return SafeString(self._button % (record.number, record.number))


class NumberTable(PortalTable):
    """Its rows come from `selectors.numbers`."""

    number = tables.Column(verbose_name=_("Number"), order_by=("e164",))
    kind = tables.Column(verbose_name=_("Type"))
    country = tables.Column(verbose_name=_("Country"))
    state = tables.Column(verbose_name=_("State"), order_by=("assigned_at",))
    extension = tables.Column(verbose_name=_("Assigned to"), order_by=("extension__number",))
    assigned = tables.Column(verbose_name=_("Since"), order_by=("assigned_at",))

    default_sort = "number"
    secondary = ("country", "assigned", "kind")
    empty_title = _("No outside numbers yet")
    empty_text = _("Your provider gives you outside numbers. Each one that rings an extension needs a number license.")

    def value_number(self, record: OutsideNumber) -> str:
        return record.e164

    def cell_number(self, record: OutsideNumber) -> SafeString:
        return format_html('<b class="nowrap">{}</b>', for_people(record.e164))

    def value_kind(self, record: OutsideNumber) -> str:
        return record.get_kind_display()

    def value_state(self, record: OutsideNumber) -> str:
        return gettext("Assigned") if record.extension_id else gettext("Available")

    def cell_state(self, record: OutsideNumber) -> SafeString:
        return tone_chip("good" if record.extension_id else "neutral", self.value_state(record))

    def value_extension(self, record: OutsideNumber) -> str:
        return str(record.extension) if record.extension else ""

    def cell_extension(self, record: OutsideNumber) -> SafeString | str:
        if record.extension is None:
            return ""
        url = reverse("extensions:detail", args=[record.extension.number])
        return format_html('<a href="{}">{}</a>', url, record.extension)

    def value_assigned(self, record: OutsideNumber) -> Any:
        return record.assigned_at
