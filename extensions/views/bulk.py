"""What can be done with many extensions of the list at once (EXT-03)."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from extensions.models import Extension
from extensions.selectors import bulk_plan
from extensions.services.bulk import REACTIVATABLE, SUSPENDABLE, reactivate_extensions, suspend_extensions
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
