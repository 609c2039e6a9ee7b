"""Which of this app's tables the audit log watches."""

from django.utils.translation import gettext_lazy as _

from licensing.models import (
    AssignedAddon,
    AssignmentFile,
    AssignmentRow,
    AssignmentTemplate,
    LedgerEntry,
    Pool,
    PreparedExport,
)
from portal.audit.registry import audited, exempt
from tenants.models import Sku


def _sold_as(code: str) -> str:
    """What the catalogue calls a licence."""
    return Sku.objects.filter(code=code).values_list("name", flat=True).first() or code


audited(AssignedAddon, label=_("Add-on"), words={"pool": (_("Add-on"), _sold_as)})
exempt(Pool, because="the ledger holds every change of a count; what causes it is in the log")
exempt(LedgerEntry, because="it is a history itself, and only grows")

audited(
    AssignmentTemplate,
    label=_("Bulk assignment"),
    ignore=["version", "total", "wrong", "checked_at", "job", "started_name", "conflicts", "message"],
)
audited(AssignmentFile, label=_("File of a bulk assignment"))
exempt(AssignmentRow, because="the file is in the log, and what a run makes of a row is in the log of its extension")
exempt(PreparedExport, because="the log holds every download; the file itself goes after a day")
