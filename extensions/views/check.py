"""The configuration check: what it found, running it, and mending with one click (LNT-01)."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from extensions.check_selectors import findings, last_run, severity_chip
from extensions.filters.check import FindingFilter
from extensions.models import Finding
from extensions.services.check.run import check_now, repair_finding
from extensions.tables.check import REPAIR_FORM, FindingTable
from portal.core.pages import ActionPage, ListPage
from portal.permissions import Perm


class CheckPage(ListPage):
    permission = Perm.CHECK_READ
    template = "check/page.html"
    table = FindingTable
    filter = FindingFilter
    export_name = "configuration-check"

    def rows(self) -> QuerySet[Finding]:
        return findings()

    def context(self) -> dict[str, Any]:
        run = last_run()
        counted = [(severity_chip(one), one.value, count) for one, count in run.found]
        return {"run": run, "counted": counted, "repair_form": REPAIR_FORM}


class CheckNow(ActionPage):
    permission = Perm.CHECK_UPDATE

    def perform(self) -> str:
        found = check_now(at=timezone.now())
        if found is None:
            self.done_message = _("The check is running. Look again in a moment.")
        elif found:
            self.done_message = ngettext("Checked: %(n)d finding.", "Checked: %(n)d findings.", found) % {"n": found}
        else:
            self.done_message = _("Checked: nothing to mend.")
        return reverse("extensions:check")


class CheckRepair(ActionPage):
    permission = Perm.CHECK_UPDATE

    def refused_to(self) -> str:
        return reverse("extensions:check")

    def perform(self) -> str:
        finding = get_object_or_404(Finding, pk=self.kwargs["pk"])
        self.done_message = repair_finding(finding=finding, by=self.request.user, at=timezone.now())
        return self.refused_to()
