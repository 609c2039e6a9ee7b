"""The extension list (EXT-03)."""

from functools import cached_property
from html import escape as escape_text
from typing import Any

import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from extensions.board.devices import QUIET, device_of, seen_device
from extensions.keys.visibility import hidden_among
from extensions.looks import DeviceState
from extensions.models import Extension
from extensions.pbx.live.reader import Live, lines_now, live_now
from extensions.tables.cells import ExtensionCells
from extensions.templatetags.states import device_chip
from portal.core.bulk import BulkAction
from portal.core.phone_numbers import for_people
from portal.permissions import Perm


class ExtensionTable(ExtensionCells):
    """Its rows come from `selectors.listed_extensions`."""

    number = tables.Column(verbose_name=_("Number"))
    name = tables.Column(verbose_name=_("Name"), order_by=("directory_name",))
    user = tables.Column(verbose_name=_("User"), order_by=("user_name",))
    outside = tables.Column(verbose_name=_("Outside number"))
    addons = tables.Column(verbose_name=_("Add-ons"), order_by=("addon_names",))
    teams = tables.Column(verbose_name=_("Teams"), order_by=("team_names",))
    status = tables.Column(verbose_name=_("Status"), order_by=("state",))
    device = tables.Column(verbose_name=_("Telephone now"), orderable=False)
    phones = tables.Column(verbose_name=_("Telephones"), order_by=("phone_count",))
    mobile = tables.Column(verbose_name=_("Mobile number"))
    created = tables.Column(verbose_name=_("Created"), order_by=("created_at",))

    bulk = (
        BulkAction(_("Suspend"), "player-pause", "extensions:bulk_suspend", Perm.EXTENSION_UPDATE),
        BulkAction(_("Put back in service"), "player-play", "extensions:bulk_reactivate", Perm.EXTENSION_UPDATE),
        BulkAction(_("Add to a team"), "users-plus", "extensions:bulk_team", Perm.TEAM_UPDATE),
        BulkAction(_("Apply a key template"), "layout-grid", "extensions:bulk_keys", Perm.KEY_UPDATE),
        BulkAction(_("Assign home team"), "home-2", "extensions:bulk_home", Perm.EXTENSION_UPDATE),
        BulkAction(_("Change Addons"), "puzzle", "licensing:bulk_addons", Perm.LICENCE_UPDATE),
        BulkAction(_("Send welcome mail"), "mail", "extensions:bulk_welcome", Perm.EXTENSION_UPDATE),
        BulkAction(_("Delete"), "trash", "extensions:bulk_delete", Perm.EXTENSION_DELETE),
    )
    default_sort = "number"
    numeric = ("phones",)
    optional = ("mobile", "created")
    secondary = ("user", "outside", "addons", "teams", "device", "phones", "mobile", "created")
    empty_title = _("No extensions yet")
    empty_text = _("An extension is a telephone number inside your company, with a name and a person behind it.")

    def sorted_rows(self) -> QuerySet:
        """Moments take long to read: only where they are shown."""
        rows = super().sorted_rows()
        return rows if "created" in self.visible() else rows.defer("created_at")

    @cached_property
    def _tick_words(self) -> str:
        return escape(gettext("Select extension %(number)s")).replace("%(number)s", "%s")

    def tick_label(self, record: Extension) -> str:
        return SafeString(self._tick_words % record.number)

    def value_teams(self, record: Any) -> str:
        return record.team_names or ""

    def cell_teams(self, record: Any) -> SafeString:
        return SafeString(f'<span class="cut">{escape_text(record.team_names)}</span>' if record.team_names else "")

    def value_phones(self, record: Any) -> int:
        return record.phone_count or 0

    def cell_mobile(self, record: Extension) -> SafeString | str:
        return format_html('<span class="nowrap">{}</span>', for_people(record.mobile)) if record.mobile else ""

    @cached_property
    def _live(self) -> Live:
        """What the telephones of this page, or of an export, do now; asked once and only where the column is shown."""
        return lines_now([one.number for one in self.sheet]) if self.sheet else live_now()

    @cached_property
    def _devices(self) -> dict[DeviceState, SafeString]:
        return {state: device_chip(state) for state in DeviceState}

    @cached_property
    def _hidden(self) -> set[int]:
        """Those on this page whose telephones nobody may watch (BLF-06)."""
        return hidden_among(list(self.sheet))

    def value_device(self, record: Extension) -> str:
        """For the export: whether a telephone is registered; nobody's calls go into a file."""
        if not self._live.link.tells:
            return str(DeviceState.UNKNOWN.label)
        registered = device_of(self._live, record.number) is not DeviceState.UNREGISTERED
        return gettext("Registered") if registered else str(DeviceState.UNREGISTERED.label)

    def cell_device(self, record: Extension) -> SafeString:
        device = device_of(self._live, record.number)
        hidden = device not in QUIET and record.pk in self._hidden  # asked only where there is something to hide
        return self._devices[seen_device(device, hidden=hidden)]

    def value_created(self, record: Extension) -> Any:
        return record.created_at
