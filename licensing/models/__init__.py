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
    "LedgerEntry",
    "Pool",
    "Reason",
    "RowState",
    "UndoState",
]
