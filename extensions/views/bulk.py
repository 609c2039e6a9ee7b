"""What can be done with many extensions of the list at once (EXT-03)."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from extensions.models import Extension
from extensions.scopes import extensions_within, reach
from extensions.selectors import bulk_plan, plan_where
from extensions.services.bulk import (
    REACTIVATABLE,
    SUSPENDABLE,
    delete_extensions,
    reactivate_extensions,
    suspend_extensions,
)
from extensions.services.welcome import WELCOMABLE, send_welcomes
from extensions.views.deletion import offer_undo
from extensions.views.extension import ExtensionList
from portal.core.bulk import BulkPlan
from portal.core.pages import BulkPage
from portal.permissions import Perm


class ExtensionsBulk(BulkPage, abstract=True):
    """A verb on many extensions."""

    permission = Perm.EXTENSION_UPDATE
    list_page = ExtensionList
    list_url = "extensions:list"
    list_title = _("Extensions")

    def _rows(self, facts: dict[str, Any]) -> QuerySet[Extension]:
        rows = super()._rows(facts)
        if reach(self.request.user, self.permission) is None:  # type: ignore[arg-type]
            return rows
        return rows.filter(pk__in=extensions_within(self.request.user, self.permission))  # type: ignore[arg-type]


class ExtensionsSuspend(ExtensionsBulk):
    permission = Perm.EXTENSION_UPDATE
    title = _("Suspend extensions")
    text = _("They neither make nor receive calls until somebody puts them back in service.")
    skipped_because = _("suspended already")
    danger = True

    def plan(self, rows: QuerySet[Extension]) -> BulkPlan:
        return bulk_plan(rows, movable=SUSPENDABLE)

    def perform(self, rows: QuerySet[Extension], expected: int) -> int:
        return suspend_extensions(rows=rows, expected=expected, by=self.request.user)

    def submit_label(self, changing: int) -> str:
        return ngettext("Suspend %(n)d extension", "Suspend %(n)d extensions", changing) % {"n": changing}

    def done_message(self, changed: int) -> str:
        return ngettext("%(n)d extension suspended.", "%(n)d extensions suspended.", changed) % {"n": changed}


class ExtensionsReactivate(ExtensionsBulk):
    permission = Perm.EXTENSION_UPDATE
    title = _("Put extensions back in service")
    text = _("They make and receive calls again.")
    skipped_because = _("not suspended")

    def plan(self, rows: QuerySet[Extension]) -> BulkPlan:
        return bulk_plan(rows, movable=REACTIVATABLE)

    def perform(self, rows: QuerySet[Extension], expected: int) -> int:
        return reactivate_extensions(rows=rows, expected=expected, by=self.request.user)

    def submit_label(self, changing: int) -> str:
        return ngettext("Put %(n)d extension back in service", "Put %(n)d extensions back in service", changing) % {
            "n": changing
        }

    def done_message(self, changed: int) -> str:
        return ngettext("%(n)d extension back in service.", "%(n)d extensions back in service.", changed) % {
            "n": changed
        }


class ExtensionsWelcome(ExtensionsBulk):
    permission = Perm.EXTENSION_UPDATE
    title = _("Send welcome mails")
    text = _("Each gets a link that shows the set-up data of the telephone once, within 24 hours. Older links end.")
    skipped_because = _("suspended, or without an e-mail address")

    def plan(self, rows: QuerySet[Extension]) -> BulkPlan:
        return plan_where(rows, WELCOMABLE)

    def perform(self, rows: QuerySet[Extension], expected: int) -> int:
        return send_welcomes(rows=rows, expected=expected, by=self.request.user, at=timezone.now())

    def submit_label(self, changing: int) -> str:
        return ngettext("Send %(n)d mail", "Send %(n)d mails", changing) % {"n": changing}

    def done_message(self, changed: int) -> str:
        return ngettext("%(n)d welcome mail sent.", "%(n)d welcome mails sent.", changed) % {"n": changed}


class ExtensionsDelete(ExtensionsBulk):
    permission = Perm.EXTENSION_DELETE
    title = _("Delete extensions")
    text = _("Teams, keys, speed dials and forwards that use them lose them. Telephones stay, without an extension.")
    danger = True

    def plan(self, rows: QuerySet[Extension]) -> BulkPlan:
        return plan_where(rows, Q(pk__isnull=False))

    def perform(self, rows: QuerySet[Extension], expected: int) -> int:
        deletion = delete_extensions(rows=rows, expected=expected, by=self.request.user, at=timezone.now())
        offer_undo(self.request, deletion)
        return expected

    def submit_label(self, changing: int) -> str:
        return ngettext("Delete %(n)d extension", "Delete %(n)d extensions", changing) % {"n": changing}

    def done_message(self, changed: int) -> str:
        return ngettext("%(n)d extension deleted.", "%(n)d extensions deleted.", changed) % {"n": changed}
