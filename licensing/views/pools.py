"""Manage organization → Licenses, and what is behind “Manage” of Phone System (LIC-01, LIC-12, LIC-14)."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from extensions.models import Extension, OutsideNumber
from extensions.search import matching
from licensing.filters import LedgerFilter, NumberFilter, ProvisionedFilter
from licensing.models import LedgerEntry
from licensing.selectors import PoolLine, files_of, ledger, numbers, pool_lines, provisioned
from licensing.tables.ledger import LedgerTable
from licensing.tables.lists import NumberTable, ProvisionedTable
from portal.core.pages import ListPage, Page
from portal.permissions import Perm
from tenants.skus import NUMBER, PHONE_SYSTEM

FOUND = 10  # extensions that a search on the page of licences names


class Licences(Page):
    permission = Perm.LICENCE_READ
    template = "licensing/licences.html"

    def context(self) -> dict[str, Any]:
        search = " ".join(self.request.GET.get("q", "").replace("\0", "").split())[:100]
        lines = pool_lines(search)
        having = list(matching(provisioned(), search).order_by("number", "pk")[: FOUND + 1]) if search else []
        return {
            "search": search,
            "lines": lines,
            "having": having[:FOUND],
            "more": len(having) > FOUND,
            "tabs": organisation_tabs(self.request.user),
        }


class Provisioned(ListPage):
    permission = Perm.LICENCE_READ
    template = "licensing/provisioned.html"
    table = ProvisionedTable
    filter = ProvisionedFilter
    export_name = "provisioned"

    def rows(self) -> QuerySet[Extension]:
        return provisioned()

    def context(self) -> dict[str, Any]:
        return {**phone_system(self.request.user), "tabs": phone_system_tabs("provisioned")}


class Numbers(ListPage):
    permission = Perm.LICENCE_READ
    template = "licensing/numbers.html"
    table = NumberTable
    filter = NumberFilter
    export_name = "numbers"

    def rows(self) -> QuerySet[OutsideNumber]:
        return numbers()

    def context(self) -> dict[str, Any]:
        return {**phone_system(self.request.user), "tabs": phone_system_tabs("numbers")}


class Ledger(ListPage):
    """Every change of a count of licences, whoever made it and by whatever way (LIC-13)."""

    permission = Perm.LICENCE_READ
    template = "licensing/ledger.html"
    partial = "licensing/_ledger_table.html"
    table = LedgerTable
    filter = LedgerFilter
    export_name = "license-ledger"

    def rows(self) -> QuerySet[LedgerEntry]:
        return ledger()

    def context(self) -> dict[str, Any]:
        return {"tabs": organisation_tabs(self.request.user, "licensing:ledger")}


def organisation_tabs(user: Any, active: str = "licensing:licences") -> list[dict[str, Any]]:
    """The tabs of “Manage organization” that this person may open; `active` is the address's name of this one."""
    tabs = [
        (_("Licenses"), "licensing:licences", "license", Perm.LICENCE_READ),
        (_("Ledger"), "licensing:ledger", "history", Perm.LICENCE_READ),
        (_("Users"), "accounts:users", "users", Perm.USER_READ),
        (_("Roles"), "accounts:roles", "shield-check", Perm.USER_READ),
    ]
    return [
        {"label": label, "url": reverse(name), "icon": icon, "active": name == active}
        for label, name, icon, permission in tabs
        if user.may(permission)
    ]


def phone_system_tabs(active: str) -> list[dict[str, Any]]:
    """The two tabs behind “Manage” of Phone System."""
    return [
        {"label": label, "url": reverse(name), "active": active == key}
        for key, label, name in (
            ("provisioned", _g("Provisioned"), "licensing:phone_system"),
            ("numbers", _g("Available numbers"), "licensing:numbers"),
        )
    ]


def phone_system(user: Any) -> dict[str, Any]:
    """What stands above both tabs: the two pools, and files of one's own that are ready or being made."""
    lines = {line.code: line for line in pool_lines()}
    ready = files_of(user, timezone.now())
    pools = [lines.get(PHONE_SYSTEM), lines.get(NUMBER)]
    return {"pools": pools, "files": ready, "states": _states(lines.get(PHONE_SYSTEM))}


def _states(line: PoolLine | None) -> str:
    """How many base licences are in each state (LIC-13): unprovisioned, provisioned, assigned."""
    if line is None or line.bought is None:
        return ""
    nobodys = Extension.objects.filter(user=None).count()  # not by state: a suspended one may be nobody's, too
    words = {"free": line.available, "nobodys": nobodys, "given": line.used - nobodys}
    return _g("%(free)d unprovisioned, %(nobodys)d provisioned without a user, %(given)d assigned to users") % words
