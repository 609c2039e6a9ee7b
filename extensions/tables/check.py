"""What the configuration check found, with the way to each object and the repairs (LNT-01)."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from extensions.check_selectors import severity_chip
from extensions.models import Finding, Severity
from extensions.services.check.catalogue import CHECKS
from portal.core.tables import PortalTable
from portal.core.templatetags.look import chip, icon
from portal.permissions import Perm

REPAIR_FORM = "repair-form"  # the one form of the page that the buttons of all rows send


class FindingTable(PortalTable):
    severity = tables.Column(verbose_name=_("Severity"), order_by=("rank",))
    problem = tables.Column(verbose_name=_("Problem"), order_by=("code",))
    name = tables.Column(verbose_name=_("Where"))
    text = tables.Column(verbose_name=_("What it is, and what to do"), orderable=False)
    found_at = tables.Column(verbose_name=_("Found"))
    repair = tables.Column(verbose_name=_("Repair"), orderable=False)

    default_sort = "severity"
    secondary = ("problem", "found_at")
    empty_title = _("Nothing to mend")
    empty_text = _("The check found nothing wrong or odd in your telephone system.")

    def keys(self) -> list[str]:
        """Without the buttons for those who may not press them."""
        user: Any = self.portal_request.user
        return [key for key in self.base_columns if key != "repair" or user.may(Perm.CHECK_UPDATE)]

    def visible(self) -> list[str]:
        allowed = self.keys()
        return [key for key in super().visible() if key in allowed]

    def row_url(self, record: Finding) -> str:
        return record.url

    def value_severity(self, record: Finding) -> str:
        return str(Severity(record.severity).label)

    def cell_severity(self, record: Finding) -> SafeString:
        return chip(severity_chip(record.severity))

    def value_problem(self, record: Finding) -> str:
        check = CHECKS.get(record.code)
        return str(check.label) if check else record.code

    def cell_name(self, record: Finding) -> SafeString:
        if not record.url:
            return format_html("{}", record.name_words)
        return format_html('<a href="{}">{}</a>', record.url, record.name_words)

    def value_name(self, record: Finding) -> str:
        return record.name_words

    def value_text(self, record: Finding) -> str:
        return record.text_words

    def cell_text(self, record: Finding) -> SafeString:
        check = CHECKS.get(record.code)
        return format_html(
            '<div class="check-text">{}<br><span class="muted">{}</span></div>',
            record.text_words,
            check.why if check else "",
        )

    def value_repair(self, record: Finding) -> str:
        check = CHECKS.get(record.code)
        return str(check.repair.label) if check and check.repair else ""

    def cell_repair(self, record: Finding) -> SafeString:
        label = self.value_repair(record)
        if not label:
            return SafeString("")
        return format_html(
            '<button class="btn btn-sm" type="submit" form="{}" formaction="{}">{}{}'
            '<span class="visually-hidden"> ({})</span></button>',
            REPAIR_FORM,
            reverse("extensions:check_repair", args=[record.pk]),
            icon("tool"),
            label,
            record.name_words,
        )
