"""The list of users (ROL-01)."""

from datetime import datetime
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.accounts.states import state_of
from portal.core.tables import PortalTable
from portal.core.templatetags.look import state_chip


class UserTable(PortalTable):
    name = tables.Column(verbose_name=_("Name"), order_by=("display_name",))
    logon = tables.Column(verbose_name=_("Logon"), order_by=("username",))
    email = tables.Column(verbose_name=_("E-mail address"))
    roles = tables.Column(verbose_name=_("Roles"), orderable=False)
    status = tables.Column(verbose_name=_("Status"), order_by=("is_active",))
    last_login = tables.Column(verbose_name=_("Last sign-in"))
    created = tables.Column(verbose_name=_("Created"), order_by=("created_at",))
    identity = tables.Column(verbose_name=_("Identity UUID"))

    optional = ("identity",)
    default_sort = "name"
    secondary = ("email", "last_login", "created")
    empty_title = _("No users yet")
    empty_text = _("A user is somebody who may sign in here.")

    def row_url(self, record: User) -> str:
        return reverse("accounts:user", args=[record.pk])

    def value_name(self, record: User) -> str:
        return str(record)

    def cell_name(self, record: User) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.row_url(record), record)

    def value_logon(self, record: User) -> str:
        return record.username

    def value_roles(self, record: User) -> str:
        return ", ".join(sorted(str(role.label) for role in record.roles.all()))

    def cell_identity(self, record: User) -> SafeString:
        return format_html('<span class="mono">{}</span>', record.identity)

    def value_status(self, record: User) -> str:
        return str(state_of(record).label)

    def cell_status(self, record: User) -> SafeString:
        return state_chip(state_of(record))

    def value_last_login(self, record: User) -> str:
        return localtime(record.last_login).isoformat(timespec="minutes") if record.last_login else ""

    def cell_last_login(self, record: User) -> datetime | None:
        return record.last_login

    def value_created(self, record: User) -> Any:
        return localtime(record.created_at).isoformat(timespec="minutes")

    def cell_created(self, record: User) -> datetime:
        return record.created_at
