from licensing.models.assigned_addon import AssignedAddon
from licensing.models.bulk import (
    AssignmentFile,
    AssignmentRow,
    AssignmentTemplate,
    BulkMode,
    BulkState,
    RowState,
    UndoState,
)
from licensing.models.export import ExportKind, PreparedExport
from licensing.models.ledger import Counter, LedgerEntry, Reason
from licensing.models.pool import Pool

__all__ = [
    "AssignedAddon",
    "AssignmentFile",
    "AssignmentRow",
    "AssignmentTemplate",
    "BulkMode",
    "BulkState",
    "Counter",
    "ExportKind",
    "LedgerEntry",
    "Pool",
    "PreparedExport",
    "Reason",
    "RowState",
    "UndoState",
]
