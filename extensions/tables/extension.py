"""The extension list (EXT-03): the columns that exist; others come with their features."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from extensions.models import Extension, ExtensionState
from portal.core.bulk import BulkAction
from portal.core.chips import chip_of
from portal.core.phone_numbers import for_people
from portal.core.tables import PortalTable
from portal.core.templatetags.look import chip
from portal.permissions import Perm


class ExtensionTable(PortalTable):
    number = tables.Column(verbose_name=_("Number"))
    name = tables.Column(verbose_name=_("Name"), order_by=("directory_name",))
    user = tables.Column(verbose_name=_("User"), order_by=("user__username",))
    mobile = tables.Column(verbose_name=_("Mobile number"))
    status = tables.Column(verbose_name=_("Status"), order_by=("state",))
    created = tables.Column(verbose_name=_("Created"), order_by=("created_at",))

    bulk = (
        BulkAction(_("Suspend"), "player-pause", "extensions:bulk_suspend", Perm.EXTENSION_UPDATE),
        BulkAction(_("Put back in service"), "player-play", "extensions:bulk_reactivate", Perm.EXTENSION_UPDATE),
        BulkAction(_("Add to a team"), "users-plus", "extensions:bulk_team", Perm.TEAM_UPDATE),
        BulkAction(_("Apply a key template"), "layout-grid", "extensions:bulk_keys", Perm.KEY_UPDATE),
    )
    default_sort = "number"
    secondary = ("user", "mobile", "created")
    empty_title = _("No extensions yet")
    empty_text = _("An extension is a telephone number inside your company, with a name and a person behind it.")

    def row_url(self, record: Extension) -> str:
        return reverse("extensions:detail", args=[record.number])

    def tick_label(self, record: Extension) -> str:
        return gettext("Select extension %(number)s") % {"number": record.number}

    def cell_number(self, record: Extension) -> SafeString:
        return format_html('<a class="mono" href="{}">{}</a>', self.row_url(record), record.number)

    def value_name(self, record: Extension) -> str:
        return record.directory_name

    def value_user(self, record: Extension) -> str:
        return record.user.username if record.user else ""

    def cell_mobile(self, record: Extension) -> SafeString:
        return format_html('<span class="nowrap">{}</span>', for_people(record.mobile))

    def value_status(self, record: Extension) -> str:
        return record.get_state_display()

    def cell_status(self, record: Extension) -> SafeString:
        return chip(chip_of(ExtensionState(record.state)))

    def value_created(self, record: Extension) -> Any:
        return record.created_at
