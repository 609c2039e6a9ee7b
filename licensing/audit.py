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

audited(AssignedAddon, label=_("Add-on of an extension"))
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
